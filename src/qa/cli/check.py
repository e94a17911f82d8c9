"""``qa check``: a draft's claims and quotations held against the documents."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.options import Corpus, Index, Json, print_json, settings_of
from qa.errors import UsageError

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.citing.checker import DraftChecker
    from qa.citing.finding import Finding

_WORDS = {
    "supported": "有据",
    "contradicted": "不一致",
    "not_found": "未找到",
    "verbatim": "引文一致",
    "altered": "引文有改动",
    "absent": "引文未找到",
}
_NO = frozenset({"contradicted", "altered"})


def register(app: typer.Typer) -> None:
    app.command("check", help="核稿：逐句核对稿件中的说法和引文（有不一致或改动时退出码为 1）")(check)


def check(
    draft: Annotated[Path | None, typer.Argument(help="稿件（.txt 或 .md）")] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="JSON Lines 文件，每行 {id, claim} 或 {id, quote}")
    ] = None,
    corpus: Corpus = None,
    index: Index = None,
    json: Json = False,
) -> None:
    from qa.bootstrap import open_assistant
    from qa.citing.finding import finding_shape

    if (draft is None) == (batch is None):
        raise UsageError("请给出一份稿件，或用 --batch 给出核对清单", hint="例：qa check 稿件.md")
    text = _text_of(draft) if draft else ""
    rows = list(_rows(batch)) if batch else []
    checker = _checker(open_assistant(settings_of(corpus, index)))
    if batch:
        for row in rows:
            found = checker.check_claim(row["claim"]) if "claim" in row else checker.check_quotation(row["quote"])
            print_json({"id": row.get("id"), "findings": [finding_shape(finding) for finding in found]})
        return
    findings = checker.check(text)
    if json:
        for finding in findings:
            print_json(finding_shape(finding))
    else:
        _print(findings)
    if any(finding.verdict in _NO for finding in findings):
        raise typer.Exit(1)


def _checker(assistant: Assistant) -> DraftChecker:
    from qa.citing.checker import DraftChecker
    from qa.records import Query

    longest = assistant.settings.max_question_chars

    def search(claim: str) -> list[Any]:
        words = claim[:longest]
        return [hit.passage for hit in assistant.search(Query(words))] if any(map(str.isalnum, words)) else []

    return DraftChecker(assistant.documents(), search, assistant.snapshot().analyzer)


def _text_of(path: Path) -> str:
    from qa.reading import SUPPORTED_SUFFIXES, load_file, loader_for

    if loader_for(path) is None:
        raise UsageError(
            f"{path.name} 的格式还不能核对",
            reason=f"扩展名是 {path.suffix or '空'}",
            hint=f"请另存为 {'、'.join(SUPPORTED_SUFFIXES)}",
        )
    return load_file(path).text


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"无法读取 {path}", reason=str(error), hint="请给出 UTF-8 的 JSON Lines 文件") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = jsonlib.loads(line)
            asked = [row[name] for name in ("claim", "quote") if name in row]
            if len(asked) != 1 or not isinstance(asked[0], str):
                raise ValueError("claim 与 quote 恰有其一")
        except (ValueError, TypeError) as error:
            raise UsageError(
                f"{path} 第 {number} 行无法解读",
                reason=str(error),
                hint='每行应为 {"id": …, "claim": …} 或 {"id": …, "quote": …}',
            ) from error
        yield row


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        print(f"{_WORDS[finding.verdict]}  {finding.text}")
        for difference in finding.differences:
            print(f"        稿件：{difference.in_draft}    资料：{difference.in_source}")
        for evidence in finding.evidence[:1]:
            print(f"        依据：{evidence.quote}")
    if not findings:
        print("稿件中没有可核对的说法或引文")
