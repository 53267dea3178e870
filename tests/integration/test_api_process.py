"""The real web process over real sockets, with the real model and a small real library."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
QUESTION = "How does magnesium help?"
QUOTE = "passing signals between nerves"
START_SECONDS = 300
SECRET = "hush-7f3a9c"
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GUTBRAIN_")},
    "PYTHONPATH": str(ROOT),
    "GUTBRAIN_CHROMA_TOKEN": SECRET,
    "GUTBRAIN_PUBMED_KEY": SECRET,
}

pytestmark = pytest.mark.integration


def run(*command, cwd):
    command = [sys.executable, *(str(part) for part in command)]
    return subprocess.run(
        command,
        cwd=cwd,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a home in it that holds one article."""
    folder = tmp_path_factory.mktemp("process")
    source = ROOT / "index/starter/08-magnesium.md"
    built = run("-m", "index", "build", source, "--home", "home", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def url(folder):
    command = [sys.executable, ROOT / "app.py", "--home", "home", "--port", "0"]
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=output, text=True
        )
    guard = threading.Timer(START_SECONDS, process.kill)
    guard.start()
    line = process.stdout.readline()
    guard.cancel()
    assert "is ready: http://127.0.0.1:" in line, (folder / "output").read_text()
    yield line.split()[-1]
    process.terminate()
    rest, _ = process.communicate(timeout=30)
    with (folder / "output").open("a") as output:
        output.write(line + rest)


@pytest.fixture(scope="module")
def client(url):
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        yield client


def test_it_is_up_and_ready(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json()["status"] == "ready"


def test_an_answer_cites_the_exact_sentence(client):
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert answer["kind"] == "answer"
    quotes = {source["n"]: source["quote"] for source in answer["sources"]}
    assert QUOTE in quotes.values()
    for sentence in answer["sentences"]:
        assert any(sentence["text"] in quotes[number] for number in sentence["citations"])


def test_a_stream_ends_with_the_same_answer(client):
    whole = client.post("/api/ask", json={"question": QUESTION}).json()
    headers = {"Accept": "text/event-stream"}
    with client.stream("POST", "/api/ask", json={"question": QUESTION}, headers=headers) as stream:
        lines = [line for line in stream.iter_lines() if line]
    names = lines[::2]
    assert names == ["event: sentence"] * len(whole["sentences"]) + ["event: answer"]
    streamed = json.loads(lines[-1].removeprefix("data: "))
    assert {**streamed, "latency_ms": 0} == {**whole, "latency_ms": 0}


def test_the_chat_interface_gives_the_same_words(client):
    whole = client.post("/api/ask", json={"question": QUESTION}).json()
    body = {"messages": [{"role": "user", "content": QUESTION}]}
    completion = client.post("/v1/chat/completions", json=body).json()
    assert completion["choices"][0]["message"]["content"] == whole["text"]
    assert completion["gutbrain"]["sources"] == whole["sources"]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b'{"question": ""}', 422),
        (b'{"question": "' + b"x" * 50_000 + b'"}', 422),
        (b'{"question": "' + b"x" * 1_100_000 + b'"}', 413),
    ],
    ids=["broken", "empty", "50,000 characters", "too large"],
)
def test_bad_input_gets_one_clear_message(client, content, status):
    response = client.post(
        "/api/ask", content=content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == status
    error = response.json()["error"]
    assert error["type"]
    assert "\n" not in error["message"]
    assert len(error["message"]) < 300


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/en/gradio_api/info",
        "/en/gradio_api/file=/etc/passwd",
        "/en/gradio_api/upload",
        "/en/monitoring",
        "/en/assets/../../gradio_api/info",
        "/en/gradio_api/proxy=http://127.0.0.1",
        "/en/assets/nothing.js",
        "/en/static//etc/passwd",
        "/ui/../page.py",
    ],
)
def test_what_no_page_needs_is_not_served(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["type"] == "not_found"


def test_what_gradio_cannot_read_is_not_repeated(client):
    response = client.post("/en/gradio_api/queue/join", json={"data": "words of a patient"})
    assert response.status_code == 422
    assert response.json()["error"]["type"] == "invalid_request"
    assert "patient" not in response.text


def test_uploads_are_not_taken(client):
    files = {"files": ("a.txt", b"words")}
    assert client.post("/en/gradio_api/upload", files=files).status_code == 404


def test_the_pages_document_names_no_other_host(client):
    for path in ("/", "/da/", "/sv/"):
        document = client.get(path)
        assert document.status_code == 200
        assert [word for word in document.text.split('"') if word.startswith("https://")] == []


def test_a_port_in_use_is_one_clear_line(folder, url):
    port = url.rsplit(":", 1)[1]
    ended = run(ROOT / "app.py", "--home", "home", "--port", port, cwd=folder)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert f"Port {port} on 127.0.0.1 cannot be used (Address already in use)" in ended.stderr


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda home: home.write_text("a file"), "home"),
        (lambda home: _write(home / "index/CURRENT", "7"), "home"),
    ],
    ids=["a file", "a broken index"],
)
def test_a_home_that_cannot_be_used_is_one_clear_line(tmp_path, prepare, words):
    prepare(tmp_path / "home")
    ended = run(ROOT / "app.py", "--home", "home", "--port", "0", cwd=tmp_path)
    assert ended.returncode == 2
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith("Error: ")
    assert words in last
    assert "Traceback" not in ended.stderr


def _write(path, text):
    path.parent.mkdir(parents=True)
    path.write_text(text)


def test_a_setting_that_is_not_allowed_is_one_clear_line(tmp_path):
    ended = run(ROOT / "app.py", "--port", "99999", cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: GUTBRAIN_PORT is 99999")


def test_help_loads_nothing_heavy(tmp_path):
    shown = run("-X", "importtime", ROOT / "app.py", "--help", cwd=tmp_path)
    assert shown.returncode == 0
    loaded = {line.rsplit("|", 1)[-1].strip() for line in shown.stderr.splitlines()}
    assert "typer" in loaded
    assert loaded.isdisjoint({"torch", "gradio", "chromadb", "fastapi", "pydantic"})


def test_nothing_that_was_asked_is_logged_or_kept(client, folder):
    words = "zebrafinch"
    client.post("/api/ask", json={"question": f"Does magnesium help my {words}?"})
    client.get(f"/{words}")
    kept = [
        path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()
    ]
    assert kept == []
    assert words not in client.get("/metrics").text


def test_no_secret_is_in_a_page_a_file_or_an_error(client, folder):
    shown = [client.get(path).text for path in ("/", "/en/config", "/metrics", "/readyz", "/none")]
    shown.append(client.post("/api/ask", content=b"{").text)
    shown.append(run(ROOT / "app.py", "--port", "99999", cwd=folder).stderr)
    assert [text for text in shown if SECRET in text] == []
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


def test_it_listens_on_loopback_alone(url):
    port = int(url.rsplit(":", 1)[1])
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = {entry[1] for entry in sockets if entry[3] == "0A"}
    assert {a for a in listening if int(a.split(":")[1], 16) == port} == {f"0100007F:{port:04X}"}
