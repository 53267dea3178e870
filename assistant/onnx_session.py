"""Opens a trained network of this package with onnxruntime, whose telemetry is kept off."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def import_onnxruntime() -> ModuleType:
    """The library, with its telemetry off.

    Its official builds write down what they run, with an identifier of the computer, and send it to
    their maker, unless this is set before the library is loaded (its `Privacy.md`).
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # were it loaded by others already
    library: ModuleType = onnxruntime
    return library


def open_session(weights: Path) -> Any:
    """An `onnxruntime.InferenceSession` with as many threads as the embedding has."""
    import torch

    onnxruntime = import_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    # Waiting threads would otherwise keep the cores busy between questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
