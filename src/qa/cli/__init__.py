"""``qa``: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import os
import sys

import typer

from qa import __version__
from qa.cli.options import StoppedEmpty
from qa.errors import QaError

app = typer.Typer(
    name="qa",
    help="引证：在本机回答关于中文文档的问题，每个答案都是原文的一段，并附可打开原处的引文。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qa {__version__}")
        raise typer.Exit


_INTERRUPTED = 130
"""What a shell calls the end by Ctrl-C; Typer ends with it too, in silence."""


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", help="显示版本", callback=_show_version, is_eager=True),
) -> None:
    pass


def _register() -> None:
    from qa.cli import ask, backup, check, cite, doctor, documents, drafts, eval, index, search, serve, users, verify

    for module in (index, ask, search, serve, eval, documents, cite, drafts, check, verify, backup, users, doctor):
        module.register(app)


def main() -> None:
    """The console script. Exit 0: done; 1: done and the answer is no; 2: could not be done, with one clear line."""
    _register()
    try:
        app()
    except QaError as error:
        print(f"错误：{error}", file=sys.stderr)
        sys.exit(2)
    except (KeyboardInterrupt, SystemExit) as end:
        if isinstance(end, SystemExit) and end.code != _INTERRUPTED:
            raise
        said = end.said if isinstance(end, StoppedEmpty) else "已停止；已完成的部分都已保存"
        print(said, file=sys.stderr)
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
