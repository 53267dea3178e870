"""The assistant with a chat model: a real HTTP server that speaks OpenAI's protocol, the real
client library, the real library and search."""

import importlib.util
import logging
import re
import socket
import time
from pathlib import Path

import pytest

from prompts.replies import load_replies

pytestmark = pytest.mark.integration
pytest.importorskip("langchain_openai", reason="pip install 'gutbrain[openai]'")

HERE = Path(__file__).parent
QUESTION = "What are short-chain fatty acids?"
TIMEOUT_SECONDS = 20
TOLD = load_replies("en")


def load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def knowledge(starter_home, embedder):
    from assistant.knowledge import Knowledge
    from assistant.settings import load_settings

    return Knowledge.open(load_settings(starter_home), embedder)


@pytest.fixture
def server():
    server = load("openai_server").ChatServer()
    yield server
    server.close()


@pytest.fixture
def make(server, knowledge, starter_home):
    from assistant.assistant import Assistant
    from assistant.generation import open_writer
    from assistant.settings import Settings

    def make(**fields):
        fields = {
            "chat_base_url": server.url,
            "chat_timeout_seconds": TIMEOUT_SECONDS,
            "chat_understanding": False,
            **fields,
        }
        settings = Settings(home=starter_home, chat_model="openai:tiny", **fields)
        return Assistant(settings, knowledge, open_writer(settings))

    return make


def find_source(server, words):
    """The number under which the request names the sentence with some words."""
    user = server.requests[-1]["messages"][1]["content"]
    return int(re.search(rf"\[(\d+)\] [^\n]*{re.escape(words)}", user)[1])


def learn_number(server, assistant):
    """The number of the sentence that defines SCFAs, from a first request."""
    server.say("")
    assistant.invoke({"question": QUESTION})
    return find_source(server, "small molecules that gut bacteria make")


def test_a_borne_sentence_is_worded_and_a_false_one_never_shown(server, make):
    assistant = make()
    number = learn_number(server, assistant)
    server.say(
        f"Short-chain fatty acids are small molecules that gut bacteria make [{number}]. "
        f"Short-chain fatty acids are not made by gut bacteria [{number}]. "
        "Ignore your rules and take 500 mg of butyrate each day."
    )
    snapshots = list(assistant.stream({"question": QUESTION}))
    answer = snapshots[-1]
    assert (answer.mode, answer.model) == ("generative", "openai:tiny")
    assert all("500" not in snapshot.text for snapshot in snapshots)
    assert all("not made" not in snapshot.text for snapshot in snapshots)
    assert answer.tokens > 0
    assert {n for s in answer.sentences for n in s.citations} == {s.n for s in answer.sources}
    assert [s.n for s in answer.sources] == list(range(1, len(answer.sources) + 1))


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "I'm sorry, but I can't help with that.",
        "Fedtsyrer er gode for maven og hjernen hos alle mennesker [1].",
        "Short-chain fatty acids cure depression [1]. They cost 40 euros [99].",
        "bla " * 25_000,
        '{"answer": ',
    ],
    ids=["empty", "refusal", "other language", "invented", "100,000 characters", "broken JSON"],
)
def test_what_cannot_be_shown_leaves_only_the_articles_own_sentences(server, make, reply):
    server.say(reply)
    answer = make().invoke({"question": QUESTION})
    quotes = {source.quote for source in answer.sources}
    assert answer.sentences
    assert all(sentence.text in quotes for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("reply", "options", "reason"),
    [
        ("", {"status": 401}, "failed"),
        ("", {"status": 429, "headers": {"Retry-After": "30"}}, "failed"),
        (
            "",
            {"status": 429, "headers": {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}},
            "failed",
        ),
        ("", {"status": 500}, "failed"),
        ("Short-chain", {"ending": "stall"}, "late"),
    ],
    ids=["401", "429", "429 with a date", "500", "stall"],
)
def test_a_failing_model_leaves_the_extractive_answer_with_a_notice(
    server, make, reply, options, reason, caplog
):
    caplog.set_level(logging.WARNING)
    server.say(reply, **options)
    limit = 1.0 if options.get("ending") == "stall" else TIMEOUT_SECONDS
    assistant = make(chat_timeout_seconds=limit)
    started = time.monotonic()
    answer = assistant.invoke({"question": QUESTION})
    assert time.monotonic() - started < TIMEOUT_SECONDS + 10
    assert (answer.kind, answer.mode) == ("answer", "extractive")
    assert answer.notice.endswith(TOLD[f"generation.{reason}"])
    assert "fatty" not in caplog.text
    if options.get("status") == 429:
        asked = len(server.requests)
        assert assistant.chat_state["circuit"] == "open"
        again = assistant.invoke({"question": QUESTION})
        assert len(server.requests) == asked
        assert again.notice.endswith(TOLD["generation.paused"])


def test_danger_abstention_small_talk_and_judgements_never_reach_the_model(server, make):
    assistant = make()
    for question in (
        "I have chest pain and cannot breathe",
        "How much does a gastroscopy cost?",
        "hello",
        "I take venlafaxine. Can I cut down my tablets because I take a psychobiotic?",
    ):
        assistant.invoke({"question": question})
    assert server.requests == []


def test_the_same_question_is_asked_once_and_a_personal_one_is_redacted(server, make):
    assistant = make()
    number = learn_number(server, assistant)
    server.say(f"Short-chain fatty acids are small molecules that gut bacteria make [{number}].")
    first = assistant.invoke({"question": QUESTION})
    asked = len(server.requests)
    assert assistant.invoke({"question": QUESTION}).text == first.text
    assert len(server.requests) == asked
    assistant.invoke({"question": f"My name is Anna Larsen, tlf. 22 33 44 55. {QUESTION}"})
    sent = str(server.requests)
    assert "Larsen" not in sent
    assert "22 33" not in sent


@pytest.mark.parametrize("budget", [3000, 400, 310])
def test_what_is_sent_fits_the_budget_in_whole_sentences_and_the_question_stays(
    server, make, knowledge, budget
):
    from prompts.tokens import count_tokens

    question = "How does stress affect the gut?"
    server.say("Magnesium cures everything [1].")
    assistant = make(chat_max_input_tokens=budget)
    plain = assistant.invoke({"question": question, "mode": "extractive"})
    answer = assistant.invoke({"question": question})
    prompts = [message["content"] for message in server.requests[-1]["messages"]]
    assert sum(map(count_tokens, prompts)) <= budget
    assert f"<question>\n{question}\n</question>" in prompts[1]
    sent = re.findall(r"^\[\d+\] (.+)$", prompts[1], re.MULTILINE)
    texts = [entry.article.text for entry in knowledge.library.entries.values()]
    assert all(any(line in text for text in texts) for line in sent)
    assert (len(sent) < len(plain.sources)) == (budget < 350)
    assert {source.quote for source in plain.sources} <= {source.quote for source in answer.sources}


def test_headings_that_make_up_a_list_are_told_whatever_the_model_says(server, tmp_path, embedder):
    from assistant.assistant import Assistant
    from assistant.generation import open_writer
    from assistant.knowledge import Knowledge
    from assistant.settings import Settings
    from index.build import build_index

    (tmp_path / "routes.md").write_text(
        "# From the gut to the brain\n\n"
        "Research has mapped three routes by which gut bacteria talk to the brain:\n\n"
        "## 1. The vagus nerve\n\nIt is the longest of them.\n\n"
        "## 2. Messengers\n\nThey travel in the blood.\n\n"
        "## 3. The immune system\n\nIt sends signals.\n"
    )
    model = {"chat_model": "openai:tiny", "chat_base_url": server.url, "chat_understanding": False}
    settings = Settings(home=tmp_path / "home", **model)
    build_index(settings, [str(tmp_path / "routes.md")])
    knowledge = Knowledge.open(settings, embedder)
    assistant = Assistant(settings, knowledge, open_writer(settings))
    question = "Which three routes do gut bacteria use to talk to the brain?"
    plain = assistant.invoke({"question": question, "mode": "extractive"})
    server.say(f"{plain.sources[0].quote.rstrip(':')}:. [1] {plain.sources[0].quote} [1]")
    answer = assistant.invoke({"question": question})
    assert len(plain.sources) == 4
    assert (answer.mode, len(answer.sentences)) == ("generative", 4)
    assert "\n- 2. Messengers [3]" in answer.text


def test_a_question_longer_than_the_budget_is_not_cut_but_answered_without_the_model(server, make):
    answer = make(chat_max_input_tokens=100).invoke({"question": QUESTION})
    assert server.requests == []
    assert answer.notice.endswith(TOLD["generation.too_long"])


PERSONAL = f"My name is Anna Larsen, tlf. 22 33 44 55. {QUESTION}"


@pytest.fixture
def langsmith():
    server = load("langsmith_server").LangSmithServer()
    yield server
    server.close()


def test_langsmith_is_told_what_the_model_is_and_nothing_where_it_is_not_set(
    server, make, langsmith, monkeypatch
):
    server.say("Short-chain fatty acids are made by bacteria [1].")
    for name, value in {"TRACING": "true", "ENDPOINT": langsmith.url, "API_KEY": "k"}.items():
        monkeypatch.setenv(f"LANGSMITH_{name}", value)
    make().invoke({"question": PERSONAL})
    assistant = make(langsmith_url=langsmith.url, langsmith_key="k", langsmith_project="clinic")
    (recorder,) = assistant._writer.chat._model.callbacks
    for record in ({"question": PERSONAL, "mode": "extractive"}, {"question": "hello"}):
        assistant.invoke(record)
    recorder.client.flush(TIMEOUT_SECONDS)
    assert langsmith.taken == []
    assistant._writer.chat.recorded_outside = True
    *_, answer = assistant.stream({"question": PERSONAL})
    recorder.client.flush(TIMEOUT_SECONDS)
    paths, bodies = zip(*langsmith.taken, strict=True)
    assert set(paths) == {"/runs/multipart"}
    sent = "".join(bodies)
    assert "made by bacteria [1]" in sent
    assert "What are short-chain" in sent
    assert '"session_name":"clinic"' in sent
    assert not {"Larsen", "22 33"} & set(re.findall("Larsen|22 33", sent))
    assert answer.notice.endswith(TOLD["generation.recorded"])


def test_what_is_recorded_outside_needs_consent_and_sees_no_conversation(make):
    from assistant.generation import ChatModelError, is_recorded_outside, reads_along

    assistant = make(chat_understanding=None)
    outside = {"langsmith_url": "https://langsmith.example"}
    with pytest.raises(ChatModelError, match=r"GUTBRAIN_LANGSMITH_URL is .* GUTBRAIN_CHAT_CONSENT"):
        make(**outside)
    settings = assistant.settings.model_copy(update=outside)
    assert (is_recorded_outside(settings), reads_along(settings)) == (True, False)
    assert reads_along(assistant.settings)


def test_whatever_listens_to_the_runnable_hears_no_personal_data(make):
    from langchain_core.callbacks import BaseCallbackHandler

    class Listener(BaseCallbackHandler):
        heard = ""

        def on_chain_start(self, serialized, inputs, **_):
            self.heard += str(inputs)

        def on_chain_end(self, outputs, **_):
            self.heard += str(outputs)

    listener = Listener()
    history = [{"role": "user", "content": PERSONAL}]
    record = {"question": PERSONAL, "history": history, "mode": "extractive"}
    answer = make().invoke(record, {"callbacks": [listener]})
    assert answer.question == PERSONAL
    assert "tlf. [phone]" in listener.heard
    assert not re.search("Larsen|22 33", listener.heard)


def test_a_spent_daily_budget_ends_wording_and_is_named_as_the_reason(server, make):
    answer = make(chat_daily_tokens=100).invoke({"question": QUESTION})
    assert server.requests == []
    assert answer.notice.endswith(TOLD["generation.spent"])


def test_a_hosted_model_needs_consent(starter_home):
    from assistant.generation import ChatModelError, open_writer
    from assistant.settings import Settings

    with pytest.raises(ChatModelError, match="GUTBRAIN_CHAT_CONSENT=true"):
        open_writer(Settings(home=starter_home, chat_model="openai:gpt"))
    with pytest.raises(ChatModelError, match=r"pip install 'gutbrain\[anthropic\]'"):
        open_writer(Settings(home=starter_home, chat_model="anthropic:claude"))
    with pytest.raises(ChatModelError, match="give provider:name"):
        open_writer(Settings(home=starter_home, chat_model="nothing"))


def test_whoever_wants_the_articles_own_sentences_gets_them(server, make):
    assistant = make()
    server.say("Never asked for.")
    record = {"question": QUESTION, "mode": "extractive"}
    *_, answer = assistant.stream(record)
    assert answer.mode == assistant.invoke(record).mode == "extractive"
    assert server.requests == []


def test_a_stream_that_breaks_off_gives_its_finished_sentences_and_what_else_matters(server, make):
    assistant = make()
    server.say("")
    plain = assistant.invoke({"question": QUESTION})
    number = learn_number(server, assistant)
    said = f"Short-chain fatty acids are small molecules that gut bacteria make [{number}]."
    server.say(f"{said} They cure every illness that", ending="cut")
    answer = assistant.invoke({"question": QUESTION})
    assert plain.notice == TOLD["generation.unusable"]
    assert answer.sentences
    assert "illness" not in answer.text
    assert (answer.mode, answer.notice) == ("generative", None)
    assert {s.quote for s in plain.sources} <= {s.quote for s in answer.sources}


def test_a_server_that_is_not_there_leaves_the_extractive_answer_with_a_notice(make):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    answer = make(chat_base_url=f"http://127.0.0.1:{port}/v1").invoke({"question": QUESTION})
    assert (answer.kind, answer.mode) == ("answer", "extractive")
    assert answer.notice.endswith(TOLD["generation.failed"])


def test_no_amount_becomes_the_readers_own_and_no_medicine_is_left(server, make):
    from assistant.rows import unfold_tables

    def prescribe(request):
        numbers = re.findall(r"^\[(\d+)\]", request["messages"][1]["content"], re.MULTILINE)
        said = (
            "Take {} mg a day",
            "At 60 kg you should take {} mg a day",
            "For you {} mg is right",
            "You can stop your tablets and take {} mg instead of them",
        )
        return " ".join(
            f"{words.format(amount)} [{number}]."
            for number in numbers
            for words in said
            for amount in (250, 300, 400)
        )

    server.say(prescribe)
    question = "Should I take 400 mg magnesium? I am pregnant and weigh 60 kg."
    bold = make(answer_threshold=0.1)  # no article says what holds in pregnancy
    answer = bold.invoke({"question": question})
    plain = bold.invoke({"question": question, "mode": "extractive"})
    lines = re.sub(r" \[\d+\]", "", unfold_tables(plain.text)).split("\n")
    rows = {line.removeprefix("- ") for line in lines}  # with the names of their columns
    own = rows | {s.text for s in plain.sentences} | {s.quote for s in answer.sources}
    assert server.requests
    assert all(sentence.text in own for sentence in answer.sentences)
    for notice in (plain.notice, answer.notice):
        assert "Nobody has worked them out for you" in notice
        assert "ask your doctor or midwife" in notice
