"""Opening a network on onnxruntime, as both the embedder and the reader need it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_session(path: Path, threads: int) -> InferenceSession:
    """The network at ``path``; a run takes ``threads`` threads, and runs of several threads go side by side.

    Raises whatever onnxruntime raises (its exception classes share no base but :class:`Exception`).
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Waiting threads that spin take the processor away from whoever has work on a shared machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The graphs are written as they should run: the fused skip-and-norm kernel is several times slower here than two nodes.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
