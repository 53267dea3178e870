"""Opens the judge that a person names, as the assistant opens its chat model."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, get_args

from eval.errors import JudgeError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from eval.judging.judgement import Judge

Asking = Literal["own", "ragas", "deepeval"]
"""Whose questions a judge is asked."""
ASKING: Final[tuple[Asking, ...]] = get_args(Asking)


def open_judge(
    settings: Settings,
    model: str,
    *,
    url: str | None = None,
    asking: Asking = "own",
    repeats: int = 3,
) -> Judge:
    """A judge; nothing is sent yet.

    Args:
        settings: of the assistant, for the key, the consent, the time and where no `url` is given.
        model: as `provider:name`.
        url: server of the judge, where it is not that of the settings.
        asking: whose questions it is asked.
        repeats: how often each question is put.

    Raises:
        JudgeError: the model's name, its package, the framework or the consent is missing.
    """
    if asking != "own" and find_spec(asking) is None:
        raise JudgeError(
            f"--judge-by is {asking}, which is not installed: run pip install 'gutbrain[{asking}]'."
        )
    from assistant.generation.chat_models import ChatModelError, open_chat_model

    changes = {"chat_model": model, "chat_base_url": url or settings.chat_base_url}
    try:
        opened = open_chat_model(settings.model_copy(update=changes))
    except ChatModelError as error:
        told = str(error).replace("GUTBRAIN_CHAT_MODEL", "--judge")
        raise JudgeError(told.replace("GUTBRAIN_CHAT_BASE_URL", "--judge-url")) from error
    if asking == "own":
        from eval.judging.chat_judge import ChatJudge

        return ChatJudge(opened, model, repeats)
    from eval.judging.frameworks import open_deepeval, open_ragas

    open_metrics = open_ragas if asking == "ragas" else open_deepeval
    return open_metrics(opened, model, repeats)
