"""A card corrected by hand: the file ``<name>.card.toml`` beside the document, which outlives every reading.

::

    title = "关于加强科技创新的意见"
    date = 2021-03-25
    number = ""          # 没有文号

A field that is named takes the place of what was read; an empty string says that the document has none.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from qa.errors import DocumentError
from qa.records import CARD_FIELDS, Card, Document, DocumentStatus
from qa.text.dates import find_dates

SUFFIX = ".card.toml"
FIELD_NAMES = {
    "title": "标题",
    "number": "文号",
    "issuer": "机关",
    "date": "成文日期",
    "printed": "印发日期",
    "issue": "期号",
    "kind": "文种",
    "region": "地区",
}
"""Card field → its Chinese name."""
DATE_FIELDS = frozenset({"date", "printed"})
MAX_VALUE_CHARS = 500
_MAX_BYTES = 64 * 1024
_HEAD = (
    "# 文档信息的更正：这里写的优先于读出来的，重新读取也有效。\n"
    '# 删去一行即恢复读出的值；写成 "" 表示文档没有这一项。日期写成 2021-03-25。\n'
)

Value = str | date | None
"""``None`` blanks a field."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction file says. ``problems`` are lines about what in it was not understood (Chinese)."""

    name: str
    values: Mapping[str, Value]
    problems: tuple[str, ...] = ()


def correction_paths(document: Path) -> tuple[Path, Path]:
    """Where a correction may lie, the first one first: ``甲.txt.card.toml`` (written by us), ``甲.card.toml``."""
    return document.with_name(document.name + SUFFIX), document.with_name(document.stem + SUFFIX)


def correction_file(document: Path) -> Path | None:
    """The correction file beside ``document``, or ``None``."""
    return next((path for path in correction_paths(document) if path.is_file()), None)


def correction_hash(document: Path) -> str:
    """sha256 of the correction file's bytes; empty where there is none or it cannot be read."""
    path = correction_file(document)
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""
    except OSError:
        return ""


def read_correction(document: Path) -> Correction | None:
    """What stands beside ``document``; ``None`` for nothing. A file that cannot be understood is a problem, not an error."""
    path = correction_file(document)
    if path is None:
        return None
    try:
        if path.stat().st_size > _MAX_BYTES:
            return Correction(path.name, {}, (f"更正文件 {path.name} 太大，没有采用",))
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Correction(path.name, {}, (f"更正文件 {path.name} 无法读取，没有采用（{error}）",))
    values: dict[str, Value] = {}
    problems = []
    for name, raw in table.items():
        try:
            values[name] = parse_value(name, raw)
        except DocumentError as error:
            problems.append(f"更正文件 {path.name}：{error.message}，这一项没有采用")
    return Correction(path.name, values, tuple(problems))


def parse_value(field: str, raw: object) -> Value:
    """A field's value from what was written: a date for date fields, else text; ``None`` for an empty string.

    Raises :class:`DocumentError` for an unknown field or a value that does not fit.
    """
    if field not in FIELD_NAMES:
        allowed = "、".join(FIELD_NAMES)
        raise DocumentError(f"没有 {field} 这一项", reason=f"可用：{allowed}", hint="改正名称")
    name = FIELD_NAMES[field]
    if isinstance(raw, str):
        raw = "".join(character if character.isprintable() else " " for character in raw).strip()
        if not raw:
            return None
    if field in DATE_FIELDS:
        return _parse_date(name, raw)
    if not isinstance(raw, str):
        raise DocumentError(f"{name}应是文字", reason=f"写的是 {raw}", hint="用引号括起来")
    if len(raw) > MAX_VALUE_CHARS:
        raise DocumentError(f"{name}太长：{len(raw)} 字", reason=f"最多 {MAX_VALUE_CHARS} 字", hint="缩短后再保存")
    return raw


def _parse_date(name: str, raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    days = [each.period for each in find_dates(str(raw)) if each.period.first == each.period.last]
    if len(days) == 1:
        return days[0].first
    raise DocumentError(f"{name}“{raw}”不是日期", reason="要有年、月、日", hint="写成 2021-03-25 或 2021年3月25日")


def corrected(document: Document, correction: Correction | None) -> Document:
    """``document`` with the corrected card; where each field was read from says so, with the value that was read."""
    if correction is None:
        return document
    sources = dict(document.card_sources)
    for field, value in correction.values.items():
        read = getattr(document.card, field)
        sources[field] = (
            f"更正（{correction.name}），读出的是“{read}”" if read is not None else f"更正（{correction.name}）"
        )
        if value is None:
            sources.pop(field)
    return replace(
        document,
        card=replace(document.card, **correction.values),  # type: ignore[arg-type]
        card_sources=tuple((name, sources[name]) for name in CARD_FIELDS if name in sources),
        status=DocumentStatus.WARNINGS if correction.problems else document.status,
        warnings=(*document.warnings, *correction.problems),
    )


def written(values: Mapping[str, Value]) -> str:
    """The text of a correction file that says ``values``."""
    lines = [f"{name} = {_toml(values[name])}  # {FIELD_NAMES[name]}\n" for name in CARD_FIELDS if name in values]
    return _HEAD + "".join(lines)


def card_values(card: Card) -> dict[str, Value]:
    """Every field of ``card``."""
    return {name: getattr(card, name) for name in CARD_FIELDS}


def _toml(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value or "", ensure_ascii=False).replace(
        "\x7f", "\\u007F"
    )  # JSON's escapes are TOML's, but for DEL
