"""The web process: settings → pages and HTTP → serve.

`python app.py --home DIR --host H --port P`. A home that is new is filled with the starter library.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import warnings
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import EmptyLibrary, GutbrainError

if TYPE_CHECKING:
    from collections.abc import Callable

    import uvicorn

    from assistant.api import AssistantProvider, WebSettings
    from assistant.assistant import Assistant

Home = Annotated[
    Path | None, typer.Option(help="Folder with all state. [default: GUTBRAIN_HOME or ./.gutbrain]")
]
Host = Annotated[str | None, typer.Option(help="Address to listen on. [default: 127.0.0.1]")]
Port = Annotated[int | None, typer.Option(help="Port to listen on. [default: 7860]")]

# Libraries that would call home by default, or keep what they are never asked for: gradio notes
# each question's session and makes a table of them after every answer, for a dashboard that is off.
# They read these when they are imported.
QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(2**62),
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}


class ServerError(GutbrainError):
    """The web process cannot serve; its text is one line."""


def main(home: Home = None, host: Host = None, port: Port = None) -> None:
    """Serves the patients' chat and the HTTP interface until it is stopped."""
    os.environ.update(QUIET)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # Those of libraries, which no operator can act on.
    try:
        serve(home, host, port)
    except GutbrainError as error:
        typer.echo(f"Error: {error}", err=True)
        sys.exit(2)


def serve(home: Path | None, host: str | None, port: int | None) -> None:
    """Serves until it is stopped.

    Raises:
        GutbrainError: if settings, home or port cannot be used.
    """
    from assistant.api import AssistantProvider, WebSettings, create_api, log_types_only
    from assistant.records.upkeep import keep_within_retention
    from index.settings import read_settings
    from index.sync import SyncSchedule

    settings = read_settings(WebSettings, home=home, host=host, port=port)
    with bind(settings.host, settings.port) as listener:
        new = is_new(settings)
        provider = AssistantProvider(
            settings, lambda report: open_assistant(settings, report, new=new)
        )
        import uvicorn

        from assistant.ui import mount_pages
        from eval.desk import DeskEvaluation

        evaluation = DeskEvaluation(settings, lambda: provider.wait(0).knowledge)
        app = mount_pages(create_api(provider), provider, evaluation)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            forwarded_allow_ips=list(settings.trusted_proxies),
        )
        log_types_only("uvicorn.error")
        server = uvicorn.Server(config)
        address = url_of(listener)
        watch = (server, provider, address)
        keep_within_retention(provider.records, threading.Event())
        # Only now: two threads that import large libraries at the same time disturb each other.
        provider.start()
        threading.Thread(target=announce_or_stop, args=watch, daemon=True).start()
        schedule = SyncSchedule(settings.home)
        schedule.start()
        try:
            server.run(sockets=[listener])
        finally:
            schedule.stop()
    if provider.failure is not None:
        raise ServerError(provider.readiness.reason)


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`.

    Raises:
        ServerError: if that address cannot be had.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        # Python adds the address to the system's own words.
        reason = str(error.strerror).partition(" (while")[0]
        raise ServerError(
            f"Port {port} on {host} cannot be used ({reason}): stop the program that uses "
            "it, or give another one with --port and --host or GUTBRAIN_PORT and GUTBRAIN_HOST."
        ) from error


def url_of(listener: socket.socket) -> str:
    """The address that a browser on this machine opens."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - not bound here, only named
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def announce_or_stop(server: uvicorn.Server, provider: AssistantProvider, address: str) -> None:
    """Prints the address once questions can be asked; stops the server if they never can."""
    provider.settle()
    if provider.failure is not None:
        server.should_exit = True
        return
    while not server.started:
        time.sleep(0.02)
    typer.echo(f"Gutbrain is ready: {address}")


def open_assistant(settings: WebSettings, report: Callable[[str], None], *, new: bool) -> Assistant:
    """The assistant; a `new` home gets the starter library first.

    Raises:
        GutbrainError: if the home or a model cannot be used.
    """
    from assistant.assistant import Assistant

    if new:
        from index.build import build_index

        report("The starter library is being indexed.")
        typer.echo("Indexing the starter library …", err=True)
        build_index(settings, [str(resources.files("index") / "starter")])
        report("The library is being loaded.")
    return Assistant.open(settings)


def is_new(settings: WebSettings) -> bool:
    """Whether nothing was ever indexed: a library that was emptied on purpose stays empty.

    Raises:
        HomeError: if the home cannot be opened, or is new and cannot be written.
    """
    from index.home import Home, open_index

    try:
        open_index(settings).close()
    except EmptyLibrary:
        with Home(settings.home).writing():
            return True
    return False


if __name__ == "__main__":
    typer.run(main)
