"""The figure of README: processor time a question against the number of passages, and a passage's cost of indexing. Plain SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.systems import SYSTEMS
from benchmarks.table import best_embedding, cpu_ms_a_passage

WIDTH, HEIGHT = 1060, 440
_LEFT, _RIGHT = (70, 440), (700, 960)  # x of the two panels
_TOP, _BOTTOM = 84, 384
_OURS = "#2f7fd6"  # read on white and on black, as the others
_PEERS = {
    "bm25s": "#a8823f",
    "st-faiss": "#808080",
    "txtai": "#3f9a6d",
    "haystack-memory": "#c25645",
    "haystack-faiss": "#c07a5a",
    "llamaindex": "#9a72c4",
}
_STYLE = (
    "text{font:13px system-ui,'Noto Sans CJK SC',sans-serif;fill:#333}.t{font-size:15px;font-weight:600}.s{fill:#666;font-size:12px}"
    ".g{stroke:#ddd}.b{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#ddd}.s{fill:#aaa}.g{stroke:#444}.b{fill:#16181c}}"
)


def write_figure(data: dict[str, Any], path: Path) -> None:
    """Writes ``path``; what was not measured is left out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(figure(data), "utf-8")


def figure(data: dict[str, Any]) -> str:
    """The SVG of ``data`` (see :class:`benchmarks.measuring.Results`)."""
    machine = data["machine"]
    note = f"{machine['day']}, {machine['processor']}, {data['conditions']['processors']} processor(s) each"
    body = [
        f'<rect class="b" width="{WIDTH}" height="{HEIGHT}"/>',
        _text(20, 28, "引证 beside its peers: processor time, the same passages and questions", "t"),
        _text(20, 48, note, "s"),
        *_questions(data),
        *_indexing(data),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Processor time a question and a passage, 引证 and its peers"><style>{_STYLE}</style>{"".join(body)}</svg>\n'
    )


def _questions(data: dict[str, Any]) -> list[str]:
    """Left: ms of processor time a question, both axes logarithmic."""
    sizes = sorted(map(int, data["sizes"]))
    lines = [(each, _curve(data, each.key, sizes)) for each in SYSTEMS]
    values = [value for _, points in lines for _, value in points]
    if not values:
        return []
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(sizes[0]), max(math.log10(sizes[-1]), math.log10(sizes[0]) + 0.1)

    def place(size: int, value: float) -> tuple[float, float]:
        x = _LEFT[0] + (math.log10(size) - first) / (last - first) * (_LEFT[1] - _LEFT[0])
        return x, _BOTTOM - (math.log10(value) - low) / (high - low) * (_BOTTOM - _TOP)

    body = [_text(_LEFT[0], _TOP - 12, "ms of processor time a question", "s")]
    for power in range(low, high + 1):
        _, y = place(sizes[0], 10.0**power)
        body.append(f'<line class="g" x1="{_LEFT[0]}" x2="{_LEFT[1]}" y1="{y:.1f}" y2="{y:.1f}"/>')
        body.append(_text(_LEFT[0] - 8, y + 4, f"{10.0**power:g}", "s", "end"))
    body += [_text(place(size, 1)[0], _BOTTOM + 20, f"{size:,}", "s", "middle") for size in sizes]
    body.append(_text((_LEFT[0] + _LEFT[1]) / 2, _BOTTOM + 40, "passages", "s", "middle"))
    ends = []
    for system, points in lines:
        if not points:
            continue
        places = [place(*point) for point in points]
        colour, wide = _colour(system.key), 3 if system.key.startswith("qa") else 1.5
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        body.append(f'<polyline fill="none" stroke="{colour}" stroke-width="{wide}" points="{way}"/>')
        body += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        ends.append((places[-1][1], system.title.split(" (")[0], colour))
    return body + _labels(ends, _LEFT[1] + 8)


def _labels(ends: Sequence[tuple[float, str, str]], x: float) -> list[str]:
    """A name beside the end of each line, moved down where two would touch."""
    body, lowest = [], 0.0
    for y, name, colour in sorted(ends):
        lowest = max(y + 4, lowest + 15)
        body.append(f'<text x="{x}" y="{lowest:.1f}" style="fill:{colour};font-size:11px">{escape(name)}</text>')
    return body


def _indexing(data: dict[str, Any]) -> list[str]:
    """Right: bars of processor time a passage while indexing."""
    found = [(each, best_embedding(data, each.key)) for each in SYSTEMS]
    bars = [(each, cpu_ms_a_passage(best)) for each, best in found if best is not None]
    if not bars:
        return []
    most, step = max(value for _, value in bars), (_BOTTOM - _TOP) / len(bars)
    body = [_text(_RIGHT[0], _TOP - 12, "ms of processor time to index a passage", "s")]
    for number, (system, value) in enumerate(bars):
        y = _TOP + number * step
        length = value / most * (_RIGHT[1] - _RIGHT[0])
        title = "引证" if system.key.startswith("qa") else system.title.split(" (")[0]
        body.append(_text(_RIGHT[0], y + 12, title, "s"))
        body.append(
            f'<rect x="{_RIGHT[0]}" y="{y + 17:.1f}" width="{max(length, 1):.1f}" height="{step - 26:.1f}" fill="{_colour(system.key)}"/>'
        )
        body.append(_text(_RIGHT[0] + length + 6, y + 17 + (step - 26) / 2 + 4, f"{value:.1f}", "s"))
    return body


def _curve(data: dict[str, Any], key: str, sizes: Sequence[int]) -> list[tuple[int, float]]:
    asked = ((size, data["results"].get(f"{size}/{key}/ask", {})) for size in sizes)
    return [(data["sizes"][str(size)]["passages"], found["cpu_ms"]) for size, found in asked if "cpu_ms" in found]


def _colour(key: str) -> str:
    return _OURS if key.startswith("qa") else _PEERS[key]


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
