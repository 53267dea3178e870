"""What all tests share: the model, one home with the starter library, and the seeds' folder.

Sockets are blocked but for loopback (pytest-socket, in pyproject.toml).
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"

# Nobody's own settings change what the tests see, and nothing here calls another host.
for name in [name for name in os.environ if name.startswith("GUTBRAIN_")]:
    del os.environ[name]
os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "DO_NOT_TRACK": "1"}

# As app.py sets it. With warnings as errors, gradio's table of past questions would end the task
# that answers: it asks pandas for what that has deprecated.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(2**62)

# On a busy machine one example may take a second: that is no failure.
settings.register_profile("project", deadline=None, max_examples=50)
settings.load_profile("project")


def pytest_addoption(parser):
    parser.addoption(
        "--screenshots",
        metavar="FOLDER",
        type=Path,
        help="where the browser tests put a picture of each state of the pages in each look",
    )


@pytest.fixture(scope="session")
def seeds():
    """The folder with the two articles that the project started from."""
    if not SEEDS.is_dir():
        pytest.skip("the seed articles are missing: put them into ../shared/seeds")
    return SEEDS


@pytest.fixture(scope="session")
def embedder():
    """The default model, loaded once."""
    from index.embedding import Embedder
    from index.settings import DEFAULT_MODEL

    return Embedder(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory):
    """A home with the starter library, as a first start of `app.py` fills it.

    Built once; tests read it and do not change it.
    """
    import torch

    from app import is_new, open_assistant  # noqa: TID251 - the house is tested from above
    from assistant.api import WebSettings
    from index.settings import read_settings

    # The workers of pytest-xdist have folders of their own, below one that they share.
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    folder = tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent
    home = folder / "starter-home"
    with FileLock(folder / "starter-home.lock"):
        if not (home / "index" / "CURRENT").exists():
            settings = read_settings(WebSettings, home=home)
            assert is_new(settings)
            own = torch.get_num_threads()
            torch.set_num_threads(os.cpu_count() or 1)  # the other workers wait for it
            open_assistant(settings, lambda _words: None, new=True)
            torch.set_num_threads(own)
    return home


@pytest.fixture(scope="session")
def run_module():
    """Runs `python -m MODULE ARGUMENT…` as a person would; gives the completed process."""

    def run(module, *arguments, **options):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            **options,
        )

    return run
