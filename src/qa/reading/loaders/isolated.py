"""Reading in a child process, so that a file that crashes, hangs or swells its parser costs that file alone.

The child (:mod:`qa.reading.loaders.isolated_child`) is started at the first call and kept for the files after it. Requests and
answers are JSON, one object a line: nothing that a damaged child could send is executed here.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import selectors
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

from qa.errors import DocumentError
from qa.reading.loaders.allowance import PATIENCE, Allowance
from qa.reading.loaders.limits import KEPT_SHARE, MEMORY_MB, OCR_MEMORY_MB, PARSING_CHILDREN

_CHILD = "from qa.reading.loaders.isolated_child import main; main()"

PageProgress = Callable[[int, int], None]
"""Called with (pages done, pages in all); may raise to stop the work, which ends the child."""


class Isolated:
    """One child process; calls are taken one at a time, from any thread."""

    def __init__(self, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._rest = b""
        atexit.register(self.close)

    def call(
        self,
        target: str,
        arguments: Sequence[Any],
        *,
        name: str,
        limit_s: float,
        progress: PageProgress | None = None,
    ) -> Any:
        """What the function ``target`` ("module:function" under ``qa.reading.loaders``) returns for ``arguments``, all JSON.

        Raises :class:`DocumentError` for the file called ``name``: what the function raised, or that it took longer than
        ``limit_s`` seconds (see :class:`Allowance`), more memory than allowed, or ended the child.
        """
        with self._lock:
            try:
                found = self._call(target, arguments, name, limit_s, progress)
            except DocumentError:
                raise
            except BaseException:  # Ctrl-C, or progress that stops the work: the child is in the middle of something
                self.close()
                raise
            if self._child is not None and _resident_mb(self._child.pid) > KEPT_SHARE * self._memory_mb:
                self.close()  # what a large file took is given back
            return found

    def close(self) -> None:
        """Ends the child, if there is one."""
        child, self._child, self._rest = self._child, None, b""
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()

    def _call(
        self,
        target: str,
        arguments: Sequence[Any],
        name: str,
        limit_s: float,
        progress: PageProgress | None,
    ) -> Any:
        child = self._running()
        assert child.stdin is not None
        try:
            request = {"target": target, "arguments": list(arguments), "limit_s": PATIENCE * limit_s}
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
        except BrokenPipeError as error:
            raise self._ended(name) from error
        allowance = Allowance(child.pid, limit_s)
        while True:
            line = self._line(child, allowance)
            if line is None:
                self.close()
                raise DocumentError(
                    f"{name} 读取超时",
                    reason=f"超过 {limit_s:.0f} 秒仍未读完",
                    hint="用原软件打开后另存一份，或拆成几个文件",
                )
            if not line:
                raise self._ended(name)
            answer = json.loads(line)
            if "page" in answer:
                if progress is not None:
                    progress(*answer["page"])
                continue
            if "error" in answer:
                raise _document_error(name, answer["error"], self._memory_mb)
            return answer["value"]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-c", _CHILD, str(self._memory_mb)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child

    def _line(self, child: subprocess.Popen[bytes], allowance: Allowance) -> bytes | None:
        """The next line; empty when the child has ended, ``None`` when time is up."""
        assert child.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            parts = [self._rest]
            while b"\n" not in parts[-1]:
                left_s = allowance.left_s()
                if not left_s:
                    return None
                if not selector.select(left_s):
                    continue
                part = os.read(child.stdout.fileno(), 1 << 20)
                if not part:
                    self._rest = b""
                    return b""
                parts.append(part)
        line, _, self._rest = b"".join(parts).partition(b"\n")
        return line

    def _ended(self, name: str) -> DocumentError:
        self.close()
        return DocumentError(
            f"{name} 读不出来",
            reason="解析程序因这个文件意外中止，文件可能已损坏",
            hint="用原软件打开后另存一份再放入",
        )


def _document_error(name: str, error: dict[str, str], memory_mb: int) -> DocumentError:
    if "message" in error:
        return DocumentError(error["message"], reason=error["reason"], hint=error["hint"])
    if error["type"] == "MemoryError":
        return DocumentError(
            f"{name} 读不出来", reason=f"需要的内存超过上限 {memory_mb} MB", hint="拆成几个文件后再放入资料文件夹"
        )
    return DocumentError(
        f"{name} 读不出来", reason=f"内容损坏或不合格式（{error['type']}）", hint="用原软件打开后另存一份再放入"
    )


def _resident_mb(process: int) -> float:
    """Memory that a process holds, 0.0 where the system does not tell."""
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1024**2
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.0


class Crew:
    """Several children of one kind, so that a long file does not keep another reader waiting. Started when they are needed.

    ``page_progress`` is told how far a long file is read; each thread that reads files may set its own.
    """

    def __init__(self, memory_mb: int, size: int) -> None:
        self._children = [Isolated(memory_mb) for _ in range(size)]
        self._idle: queue.LifoQueue[Isolated] = queue.LifoQueue()  # the child that is running already comes first
        for child in self._children:
            self._idle.put(child)
        self._threads = threading.local()

    @property
    def page_progress(self) -> PageProgress | None:
        return getattr(self._threads, "page_progress", None)

    @page_progress.setter
    def page_progress(self, progress: PageProgress | None) -> None:
        self._threads.page_progress = progress

    def call(
        self,
        target: str,
        arguments: Sequence[Any],
        *,
        name: str,
        limit_s: float,
        progress: PageProgress | None = None,
    ) -> Any:
        """As :meth:`Isolated.call`; waits while all children are at work."""
        child = self._idle.get()
        try:
            return child.call(target, arguments, name=name, limit_s=limit_s, progress=progress)
        finally:
            self._idle.put(child)

    def close(self) -> None:
        """Ends the children."""
        for child in self._children:
            child.close()


PARSING: Final = Crew(MEMORY_MB, PARSING_CHILDREN)
"""Where files are parsed, whatever their format, and where their structure is found."""
DRAWING: Final = Isolated(MEMORY_MB)
"""Where pages are drawn: a page that somebody looks at does not wait for a file that is being read."""
RECOGNITION: Final = Isolated(OCR_MEMORY_MB)
"""Where pages are recognised; its model stays loaded between pages."""
