"""``qa eval lint``: what is doubtful about an evaluation set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.options import Corpus, Index, Json, print_json, say, settings_of


def register(group: typer.Typer) -> None:
    group.command("lint", help="检查评测集：重复、泄漏、答案不在依据中、歧义、依据已不在资料中（有发现则退出码为 1）")(
        lint
    )


def lint(
    files: Annotated[list[Path], typer.Argument(help="评测集（.jsonl）或放评测集的文件夹", show_default=False)],
    corpus: Corpus = None,
    index: Index = None,
    json: Json = False,
) -> None:
    from qa.bootstrap import open_assistant
    from qa.evaluation.evaluation_set import require_documents
    from qa.evaluation.lint import FINDING_NAMES
    from qa.evaluation.lint import lint as findings_of
    from qa.evaluation.set_reader import read_evaluation_set

    questions = read_evaluation_set(files)
    documents = open_assistant(settings_of(corpus, index)).documents()
    require_documents(questions, [document.path for document in documents])
    findings = findings_of(questions, documents)
    for each in findings:
        if json:
            place = {"file": each.question.file, "line": each.question.line}
            print_json({"id": each.question.id, "kind": each.kind.value, "message": each.message, **place})
        else:
            print(f"{each.question.place}  {each.question.id}  {FINDING_NAMES[each.kind]}：{each.message}")
    say(f"{len(questions)} 题，{len(findings)} 处可疑")
    if findings:
        raise typer.Exit(1)
