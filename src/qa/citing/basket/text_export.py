"""A draft as Markdown (footnotes as GitHub, Pandoc and Typora read them) and as plain text."""

from __future__ import annotations

import re

from qa.citing.basket.contents import Contents, Entry

_MARKUP = re.compile(r"([\\`*_<&~\[\]])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+>=]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)


def as_markdown(contents: Contents) -> str:
    """Quotations as block quotes with footnotes; what CommonMark could take for markup in a quotation is escaped, so that the page
    that is made of it shows the very words. Citations stand as they are.
    """
    parts = [f"# {_escaped(contents.title)}"]
    for section in contents.sections:
        if section.title:
            parts.append(f"## {_escaped(section.title)}")
        for entry in section.entries:
            quoted = "\n>\n".join(f"> {line}" for line in _escaped(entry.quote).split("\n") if line.strip())
            parts.append(f"{quoted}[^{entry.number}]")
            parts += [f"**{_escaped(remark)}**" for remark in (entry.warning,) if remark]
            parts += [f"备注：{_escaped(note)}".replace("\n", "\n\n") for note in (entry.note,) if note]
    notes = [f"[^{entry.number}]: {entry.footnote}" for section in contents.sections for entry in section.entries]
    if notes:
        parts.append("\n".join(notes))
        parts.append("## 参考文献")
        parts.append("\n".join(f"{n}. {text}" for n, text in enumerate(contents.references, 1)))
    return "\n\n".join(parts) + "\n"


def as_text(contents: Contents) -> str:
    """Numbered quotations, each with its citation on the line below, and the list of references."""
    parts = [contents.title]
    for section in contents.sections:
        if section.title:
            parts.append(f"【{section.title}】")
        parts += ["\n".join(_text_lines(entry)) for entry in section.entries]
    if contents.references:
        listed = (f"[{n}] {text}" for n, text in enumerate(contents.references, 1))
        parts.append("\n".join(("参考文献", *listed)))
    return "\n\n".join(parts) + "\n"


def _text_lines(entry: Entry) -> list[str]:
    lines = [f"{entry.number}. {entry.quote}", f"——{entry.citation}"]
    lines += [f"（{entry.warning}）"] if entry.warning else []
    lines += [f"备注：{entry.note}"] if entry.note else []
    return lines


def _escaped(text: str) -> str:
    return _LINE_START.sub(_escaped_start, _MARKUP.sub(r"\\\1", text))


def _escaped_start(found: re.Match[str]) -> str:
    space, mark = found.groups()
    # Four spaces would make a block of code; ideographic ones are letters to CommonMark.
    space = space.replace("\t", " ").replace("    ", "  ") if space.isascii() else space
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
