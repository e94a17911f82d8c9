"""A progress bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qa.cli.options import say
from qa.indexing.build import BuildEvent, Notify

_STAGES = {"read": "读取文档", "embed": "计算向量", "store": "放入向量库"}
_LINE_SECONDS = 5.0


@contextmanager
def build_progress() -> Iterator[tuple[Notify, Callable[[str], None]]]:
    """(notify, status) for a build."""
    if not sys.stderr.isatty():
        yield _Lines().notify, say
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def notify(event: BuildEvent) -> None:
            if event.stage not in tasks:
                tasks[event.stage] = bar.add_task(_STAGES[event.stage], total=event.total)
            named = _STAGES[event.stage] + _pages(event)
            bar.update(tasks[event.stage], description=named, completed=event.done, total=event.total)

        yield notify, bar.console.print


class _Lines:
    def __init__(self) -> None:
        self._said = 0.0

    def notify(self, event: BuildEvent) -> None:
        finished = event.done == event.total
        if event.total and (finished or time.monotonic() - self._said > _LINE_SECONDS):
            self._said = time.monotonic()
            say(f"{_STAGES[event.stage]} {event.done}/{event.total}{_pages(event)}")


def _pages(event: BuildEvent) -> str:
    """How far a long file is read."""
    return f"（{event.path} 第 {event.pages[0]}/{event.pages[1]} 页）" if event.pages else ""
