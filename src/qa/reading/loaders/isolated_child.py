"""The child process of :mod:`qa.reading.loaders.isolated`: reads a request a line, writes an answer a line."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from typing import IO, Any

from qa.errors import DocumentError

_ROOM = "qa.reading."
_GRACE_S = 5.0  # the parent ends a child that is late by itself, and says so
_output: IO[str] | None = None


def report_page(done: int, total: int) -> None:
    """Tells the parent how far the file is read; does nothing outside the child."""
    if _output is not None:
        _write({"page": [done, total]})


def main() -> None:
    """Answers requests until the parent goes away. Whatever a library prints goes nowhere."""
    global _output
    _output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    _limit_memory(int(sys.argv[1]))
    try:
        for line in sys.stdin.buffer:
            request = json.loads(line)
            _end_after(request["limit_s"] + _GRACE_S)
            _write(_answer(request["target"], request["arguments"]))
            _end_after(0)
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(0)


def _answer(target: str, arguments: list[Any]) -> dict[str, Any]:
    module, _, function = target.partition(":")
    if not module.startswith(_ROOM):
        raise ValueError(target)
    try:
        return {"value": getattr(importlib.import_module(module), function)(*arguments)}
    except DocumentError as error:
        return {"error": {"message": error.message, "reason": error.reason, "hint": error.hint}}
    except Exception as error:  # the edge: whatever a parser makes of a damaged file is that file's failure
        return {"error": {"type": type(error).__name__}}
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return {"error": {"type": type(error).__name__}}  # a panic of a Rust parser is no Exception


def _write(answer: dict[str, Any]) -> None:
    assert _output is not None
    _output.write(json.dumps(answer, ensure_ascii=True) + "\n")
    _output.flush()


def _end_after(seconds: float) -> None:
    """Ends this process when time is up though its parent, which was killed, cannot; 0 takes that back."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    bound = megabytes * 1024**2
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
