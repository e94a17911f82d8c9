"""``qa check``: a draft's claims and quotations held against the documents."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.options import Corpus, Index, Json, print_json, say, settings_of
from qa.errors import UsageError

if TYPE_CHECKING:
    from qa.citing.finding import Finding
    from qa.citing.manuscript.reading import Manuscript

_NO = frozenset({"contradicted", "altered"})
_TOLD_EVERY = 25


def register(app: typer.Typer) -> None:
    app.command("check", help="核稿：逐句核对稿件中的说法和引文（有不一致或改动时退出码为 1）")(check)


def check(
    draft: Annotated[Path | None, typer.Argument(help="稿件（.docx、.md 或 .txt）")] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="JSON Lines 文件，每行 {id, claim} 或 {id, quote}")
    ] = None,
    comments: Annotated[
        Path | None, typer.Option("--comments", help="另存一份带批注的 Word 稿，如 核稿.docx；原稿不动")
    ] = None,
    corpus: Corpus = None,
    index: Index = None,
    json: Json = False,
) -> None:
    from qa.bootstrap import open_assistant
    from qa.citing.finding import finding_shape

    if (draft is None) == (batch is None):
        raise UsageError("请给出一份稿件，或用 --batch 给出核对清单", hint="例：qa check 稿件.docx")
    if comments is not None:
        _require_new_word_file(comments, draft)
    manuscript = _read(draft) if draft else None
    rows = list(_rows(batch)) if batch else []
    checker = open_assistant(settings_of(corpus, index)).draft_checker()
    if manuscript is None:
        for row in rows:
            found = checker.check_claim(row["claim"]) if "claim" in row else checker.check_quotation(row["quote"])
            print_json({"id": row.get("id"), "findings": [finding_shape(finding) for finding in found]})
        return
    for note in manuscript.notes:
        say(note)
    findings = checker.check(manuscript.text, _progress)
    if comments is not None:
        _write_comments(comments, manuscript, findings)
    if json:
        for finding in findings:
            print_json(finding_shape(finding))
    else:
        _print(findings)
    if any(finding.verdict in _NO for finding in findings):
        raise typer.Exit(1)


def _read(path: Path) -> Manuscript:
    from qa.citing.manuscript.reading import MAX_DRAFT_BYTES, read_manuscript

    try:
        with path.open("rb") as file:
            data = file.read(MAX_DRAFT_BYTES + 1)
    except OSError as error:
        reason = "是一个文件夹" if path.is_dir() else "文件不存在" if not path.exists() else str(error)
        raise UsageError(f"无法读取 {path}", reason=reason, hint="请检查文件的路径") from error
    return read_manuscript(path.name, data)


def _require_new_word_file(out: Path, draft: Path | None) -> None:
    if draft is None:
        raise UsageError("--comments 要与稿件一起用", hint="例：qa check 稿件.docx --comments 核稿.docx")
    if out.suffix.lower() != ".docx":
        raise UsageError(
            f"--comments {out} 不是 .docx", reason="批注只能写在 Word 文档里", hint="请改用 .docx 为扩展名"
        )
    if out.exists() and draft.exists() and out.samefile(draft):
        raise UsageError(f"--comments {out} 就是原稿", reason="原稿不应被改写", hint="请换一个文件名")


def _write_comments(out: Path, manuscript: Manuscript, findings: list[Finding]) -> None:
    from qa.citing.manuscript.word_comments import with_comments

    try:
        out.write_bytes(with_comments(manuscript, findings))
    except OSError as error:
        raise UsageError(f"无法写入 {out}", reason=str(error), hint="请检查文件夹是否存在、是否可写") from error
    say(f"已存为 {out}")


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % _TOLD_EVERY == 0 or done == total):
        print(f"\r已核对 {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


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
    from qa.citing.manuscript.remarks import DIFFERENCE_NAMES, VERDICT_NAMES
    from qa.citing.styles import SHORT_STYLE, format_citation

    for finding in findings:
        print(f"{VERDICT_NAMES[finding.verdict]}  {' '.join(finding.text.split())}")
        for each in finding.differences:
            name = DIFFERENCE_NAMES[each.what]
            print(f"        {name}：稿件作“{each.in_draft or '（无）'}”，资料作“{each.in_source or '（无）'}”")
        for evidence in finding.evidence[:1]:
            print(f"        依据：{evidence.quote}")
            print(f"        出处：{format_citation(evidence, SHORT_STYLE)}")
    if not findings:
        print("稿件中没有可核对的说法或引文")
        return
    counts = {name: sum(f.verdict is verdict for f in findings) for verdict, name in VERDICT_NAMES.items()}
    print("共 " + "，".join(f"{name} {count}" for name, count in counts.items() if count))
