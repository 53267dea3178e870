"""Timings of the patients' page in a real Chromium, on a web process of its own.

    python -m eval.bench_page --home HOME [--times N]

Absolute times depend on the machine and on what else it does. Needs playwright, and Debian's
package chromium (or another one, named with --chromium).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import numpy as np
import typer

from eval.errors import EvalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

QUESTION: Final = "How does magnesium help?"
FLAGS: Final = ("--no-sandbox", "--disable-gpu")
MANY_TURNS: Final = 100
"""Turns of a long conversation: a question and an answer each, so 200 messages."""
MULTIPLY: Final = """(questions) => {
  const [key] = JSON.parse(sessionStorage.getItem("gutbrain.turns"));
  const turn = JSON.parse(sessionStorage.getItem(`gutbrain.turn.${key}`));
  questions.forEach((question, i) => sessionStorage.setItem(
    `gutbrain.turn.m${i}`, JSON.stringify({ ...turn, key: `m${i}`, question })));
  sessionStorage.setItem("gutbrain.turns", JSON.stringify(questions.map((_, i) => `m${i}`)));
}"""


def main(
    home: Annotated[Path, typer.Option(help="Home whose library is asked.")],
    times: Annotated[int, typer.Option(min=3, help="How often each is timed.")] = 7,
    chromium: Annotated[Path, typer.Option(help="The browser.")] = Path("/usr/bin/chromium"),
) -> None:
    """Times the first page, the first words of an answer, and a long conversation."""
    if find_spec("playwright") is None or not chromium.exists():
        typer.echo(
            f"The page is not timed: that needs `pip install playwright` and {chromium}.", err=True
        )
        return
    from playwright.sync_api import sync_playwright

    with serving(home) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        opened = [time_opening(browser, url) for _ in range(times)]
        short, long = time_answers(browser, url, times)
        browser.close()
    for name, seconds in [("page interactive", opened), ("first words", short)]:
        tell(name, seconds)
    tell(f"first words after {2 * MANY_TURNS} messages", long)
    typer.echo(f"which is {np.median(long) / np.median(short):.1f} × those of the first question")


def tell(name: str, seconds: list[float]) -> None:
    """Prints median and worst of some times."""
    median, worst = np.median(seconds) * 1000, max(seconds) * 1000
    typer.echo(f"{name:<32} {median:7.0f} ms, worst of {len(seconds)}: {worst:.0f} ms")


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a web process of its own, once that is ready.

    Raises:
        EvalError: it does not get ready.
    """
    command = [sys.executable, "app.py", "--home", str(home), "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if "is ready" not in line:
                raise EvalError(
                    f"The web process does not start: run `python app.py --home {home}`."
                )
            yield line.split()[-1]
        finally:
            process.terminate()


def time_opening(browser: Browser, url: str) -> float:
    """Seconds until a question can be written, in a browser that has nothing of the page yet."""
    with new_page(browser) as page:
        started = time.perf_counter()
        open_page(page, url)
        return time.perf_counter() - started


def time_answers(browser: Browser, url: str, times: int) -> tuple[list[float], list[float]]:
    """Seconds until the first words of answers, in a new conversation and in a long one."""
    with new_page(browser) as page:
        open_page(page, url)
        ask(page)
        short = [ask(page) for _ in range(times)]
        page.evaluate(MULTIPLY, [f"{QUESTION} And in week {n}?" for n in range(MANY_TURNS)])
        open_page(page, url)
        ask(page)
        long = [ask(page) for _ in range(times)]
    return short, long


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that remembers nothing."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 860})
    yield context.new_page()
    context.close()


def open_page(page: Page, url: str) -> None:
    """Opens the patients' page and waits until a question can be written."""
    page.goto(url)
    page.wait_for_selector("body[data-mounted]")


def ask(page: Page) -> float:
    """Seconds from the key to the first words of the answer, measured in the page itself."""
    asked = page.locator(".turn").count()
    page.fill("#question textarea", QUESTION)
    page.evaluate(
        f"""() => {{
          window.wordsAfter = new Promise((resolve) => {{
            const started = performance.now();
            const look = () => document.querySelectorAll(".turn")[{json.dumps(asked)}]
              ?.querySelector(".answer .body") ? resolve(performance.now() - started)
              : requestAnimationFrame(look);
            look();
          }});
        }}"""
    )
    page.press("#question textarea", "Enter")
    milliseconds = float(page.evaluate("window.wordsAfter"))
    page.wait_for_function("!document.body.hasAttribute('data-busy')")
    return milliseconds / 1000


if __name__ == "__main__":
    typer.run(main)
