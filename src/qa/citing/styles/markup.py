"""The short citation as a link that opens the cited words: Markdown (CommonMark) and HTML."""

from __future__ import annotations

import re
from html import escape

from qa.citing.styles.description import Description
from qa.citing.styles.official import short


def markdown(description: Description) -> str:
    """``[short citation](address)``; every character that CommonMark could read as markup is escaped."""
    text = re.sub(r"([\\`*_{}\[\]<>#|~!&])", r"\\\1", short(description))
    return f"[{text}]({description.address})"


def html(description: Description) -> str:
    """``<cite><a href="address">short citation</a></cite>``, escaped."""
    return f'<cite><a href="{escape(description.address)}">{escape(short(description))}</a></cite>'
