"""The options that commands share, and how they print."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from qa.settings import Settings

Corpus = Annotated[
    Path | None, typer.Option("--corpus", help="资料文件夹（默认 corpus，或 QA_CORPUS）", show_default=False)
]
Index = Annotated[
    Path | None, typer.Option("--index", help="索引文件夹（默认 index，或 QA_INDEX）", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


class StoppedEmpty(SystemExit):
    """Ctrl-C during work of which nothing is kept; ``said`` tells so in place of what :func:`qa.cli.main` says else."""

    def __init__(self, said: str) -> None:
        super().__init__(130)
        self.said = said


def settings_of(corpus: Path | None, index: Path | None, **more: Any) -> Settings:
    """The settings: command line over environment over defaults."""
    return Settings.from_environment(corpus=corpus, index=index, **more)


def print_json(value: object, *, pretty: bool = False) -> None:
    """One object on one line (or indented), UTF-8, nothing else on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2 if pretty else None) + "\n")
    sys.stdout.flush()


def say(line: str) -> None:
    """Progress and warnings: standard error."""
    print(line, file=sys.stderr, flush=True)
