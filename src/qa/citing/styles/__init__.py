"""Citation styles by their own formatter: one :class:`~qa.records.Citation` in, one string out, equal at every door.

Sources of the rules: GB/T 7714—2025 and —2015 《信息与文献 参考文献著录规则》 (see :mod:`.gbt7714`), GB/T 15834—2011
《标点符号用法》 for book-title marks (see :mod:`.official`), BibTeX, RIS and CSL-JSON (see :mod:`.exchange`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from types import MappingProxyType

from qa.citing.styles.description import Description, describe
from qa.citing.styles.exchange import bibtex, csl_json, ris
from qa.citing.styles.gbt7714 import EDITION_2015, EDITION_2025, reference
from qa.citing.styles.markup import html, markdown
from qa.citing.styles.official import gongwen, plain, short
from qa.errors import UsageError
from qa.records import Citation

__all__ = [
    "DEFAULT_STYLE",
    "EXCHANGE_STYLES",
    "SHORT_STYLE",
    "STYLES",
    "Description",
    "check_style",
    "describe",
    "format_citation",
]

DEFAULT_STYLE = "gbt7714-2025"
SHORT_STYLE = "short"
"""The citation shown beside every answer."""

_Formatter = Callable[[Description, date | None], str]

_FORMATTERS: dict[str, tuple[str, _Formatter]] = {
    "gbt7714-2025": ("GB/T 7714—2025 顺序编码", lambda d, today: reference(d, EDITION_2025, accessed=today)),
    "gbt7714-2025-footnote": (
        "GB/T 7714—2025 脚注",
        lambda d, today: reference(d, EDITION_2025, accessed=today, locator=True),
    ),
    "gbt7714-2015": ("GB/T 7714—2015 顺序编码", lambda d, today: reference(d, EDITION_2015, accessed=today)),
    "gbt7714-2015-footnote": (
        "GB/T 7714—2015 脚注",
        lambda d, today: reference(d, EDITION_2015, accessed=today, locator=True),
    ),
    "gongwen": ("公文脚注", lambda d, today: gongwen(d)),
    "short": ("简短引文", lambda d, today: short(d)),
    "plain": ("纯文本", lambda d, today: plain(d)),
    "markdown": ("Markdown", lambda d, today: markdown(d)),
    "html": ("HTML", lambda d, today: html(d)),
    "bibtex": ("BibTeX", bibtex),
    "ris": ("RIS", ris),
    "csl-json": ("CSL-JSON", csl_json),
}

STYLES: Mapping[str, str] = MappingProxyType({style: name for style, (name, _) in _FORMATTERS.items()})
"""Style id → Chinese name, in the order of a menu; the first is the default."""

EXCHANGE_STYLES = ("bibtex", "ris", "csl-json")
"""What programs read, not people."""


def check_style(style: str, offered: Collection[str] = ()) -> None:
    """Raises :class:`~qa.errors.UsageError` for a style that does not exist, naming those that do (or those ``offered``)."""
    if style not in STYLES:
        raise UsageError(
            f"没有“{style[:40]}”这种引文样式",
            reason="样式名称不在可用的样式之中",
            hint="请改用下列样式之一：" + "、".join(offered or STYLES),
        )


def format_citation(citation: Citation, style: str = DEFAULT_STYLE, *, today: date | None = None) -> str:
    """The citation in a style of :data:`STYLES`, without a list number; one line except BibTeX, RIS and CSL-JSON.

    ``today``: the day on which the file was consulted. When given, the GB/T 7714 styles describe the file as an
    electronic resource (carrier, path and, where the edition asks for it, 引用日期) and the exchange formats carry the
    date; the clock is never read here. A field that the card lacks takes the form that the style prescribes, or is left
    out; it is never guessed. Raises :class:`~qa.errors.UsageError` for an unknown style, naming those allowed.
    """
    check_style(style)
    _, formatter = _FORMATTERS[style]
    return formatter(describe(citation), today)
