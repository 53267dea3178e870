"""Opens a trained network of these packages with onnxruntime, whose telemetry is kept off."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

MOST_THREADS = 4
"""A question is so little work that more threads wait longer for each other than they save."""


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


def open_session(weights: Path, tensors: Path | None = None) -> Any:
    """An `onnxruntime.InferenceSession` with as many threads as `OMP_NUM_THREADS` or cores allow.

    Args:
        weights: the network.
        tensors: the folder of the file that holds the tensors that are not in the network's own.
    """
    onnxruntime = import_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _count_threads()
    # Waiting threads would otherwise keep the cores busy between questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    if tensors is not None:
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(tensors)
        )
    # Bytes, since a path's own folder would be where other tensors are looked for.
    network = str(weights) if tensors is None else weights.read_bytes()
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def _count_threads() -> int:
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return int(asked) if asked.isdecimal() else min(os.cpu_count() or 1, MOST_THREADS)
