"""Placed pieces of text → the lines of a page in reading order.

Coordinates are those of the page with its origin at the top left, in any unit as long as it is one (points, millimetres, pixels).
One algorithm serves PDF characters, OFD text runs and recognised lines. Its steps: pieces are grouped into rows by their middle,
a row is cut where a gap is wide, columns of prose are found by a gutter that no row crosses, and each column is read to its end
before the next; tables and forms, whose cells do not fill a column, are read row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import NamedTuple

SAME_ROW = 0.5
"""Pieces whose middles are apart by less than this share of the type size stand in one row."""
CELL_GAP_EMS = 1.5
"""A wider gap parts columns, cells and fields."""
WORD_GAP_EMS = 0.22
CJK_GAP_EMS = 0.45
"""Between Chinese characters only a gap wider than this is a space: justified lines stretch."""
MIN_COLUMN_ROWS = 4
MIN_COLUMN_EMS = 9
MIN_GUTTER_EMS = 0.7
MIN_FULL_SHARE = 0.5
MAX_CUT_SHARE = 0.3
MAX_COLUMN_STEP_EMS = 4
"""More white between two rows ends a region of columns: a header, a footer."""
FULL_LINE = 0.85
MAX_LABEL_CHARS = 8
LABEL_STEP_EMS = 3
INDENT_EMS = 1.2
END_SLACK_EMS = 1.6
SAME_SIZE = 0.12


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Text placed as one: a character, a run or a recognised line. ``size`` is the type size."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class PageLine:
    """A printed line. ``left`` and ``right`` are the edges of the column it stands in, ``gap`` the white above it in type sizes."""

    text: str
    box: Box
    size: float
    left: float = 0.0
    right: float = 0.0
    gap: float = 0.0

    @property
    def indented(self) -> bool:
        """Whether it begins away from its column's edge and is no centred line."""
        shift = self.box.left - self.left
        rest = self.right - self.box.right
        return shift > INDENT_EMS * self.size and not (shift > 3 * self.size and abs(shift - rest) < 2 * self.size)

    @property
    def full(self) -> bool:
        """Whether it reaches its column's right edge, so that only the column ended it."""
        return self.box.right > self.right - END_SLACK_EMS * self.size

    def goes_on_in(self, line: PageLine) -> bool:
        """Whether ``line`` is the next line of the same paragraph, by place and type alone."""
        if not self.full or abs(line.box.left - line.left) > INDENT_EMS * line.size:
            return False
        return abs(line.size - self.size) <= SAME_SIZE * max(line.size, self.size)


@dataclass(slots=True)
class _Row:
    pieces: list[Piece] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return _around(piece.box for piece in self.pieces)

    @property
    def size(self) -> float:
        return median(piece.size for piece in self.pieces)


def page_lines(pieces: Sequence[Piece]) -> list[PageLine]:
    """The lines in reading order; pieces drawn twice at one place (a bold type made by hand) come once."""
    rows = _with_labels_joined([_Row(_segments(row)) for row in _rows(_once(pieces))])
    return [line for block in _blocks(rows) for line in _lines_of(block)]


def _once(pieces: Sequence[Piece]) -> Iterator[Piece]:
    seen: set[tuple[str, int, int]] = set()
    for piece in pieces:
        if not piece.text.strip():
            continue
        grain = max(piece.size, 1e-6) * 0.2
        key = (piece.text, round(piece.box.left / grain), round(piece.box.top / grain))
        if key not in seen:
            seen.add(key)
            yield piece


def _rows(pieces: Iterator[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    anchors: list[tuple[float, float]] = []  # the running middle and size of each row
    for piece in sorted(pieces, key=lambda each: (each.box.middle, each.box.left)):
        for back in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            middle, size = anchors[back]
            if abs(piece.box.middle - middle) <= SAME_ROW * min(size, piece.size):
                rows[back].append(piece)
                if piece.size > size:
                    anchors[back] = (piece.box.middle, piece.size)
                break
        else:
            rows.append([piece])
            anchors.append((piece.box.middle, piece.size))
    return [sorted(row, key=lambda each: each.box.left) for row in rows]


def _segments(row: list[Piece]) -> list[Piece]:
    """A row's pieces joined where they stand close; what is left are its segments: columns, cells, fields."""
    joined: list[Piece] = []
    texts: list[str] = []
    for piece in row:
        if joined:
            before = joined[-1]
            size = max(before.size, piece.size)
            gap = piece.box.left - before.box.right
            if gap <= MIN_GUTTER_EMS * size:
                texts.append(_space(texts[-1], piece.text, gap / max(size, 1e-6)))
                texts.append(piece.text)
                joined[-1] = Piece("", _around((before.box, piece.box)), size)
                continue
            joined[-1] = replace(before, text="".join(texts))
        joined.append(piece)
        texts = [piece.text]
    if joined:
        joined[-1] = replace(joined[-1], text="".join(texts))
    return joined


def _with_labels_joined(rows: list[_Row]) -> list[_Row]:
    """Labels set downwards (购/买/方 beside a form's lines) as one piece where they begin.

    A column of one-character cells is no label: its characters share their rows with other cells, half of a label's do not.
    """
    singles = [(index, row.pieces[0]) for index, row in enumerate(rows) if _is_label_character(row.pieces[0])]
    position = 0
    while position < len(singles):
        stack = [singles[position]]
        for index, piece in singles[position + 1 : position + MAX_LABEL_CHARS]:
            above = stack[-1][1]
            beside = abs(piece.box.left - above.box.left) <= 0.3 * above.size
            if not beside or piece.box.middle - above.box.middle > LABEL_STEP_EMS * above.size:
                break
            stack.append((index, piece))
        alone = [len(rows[index].pieces) == 1 for index, _ in stack]
        if len(stack) > 1 and alone[-1] and 2 * sum(alone) >= len(stack):
            for index, piece in stack[1:]:
                rows[index].pieces.remove(piece)
            rows[stack[0][0]].pieces[0] = replace(stack[0][1], text="".join(piece.text for _, piece in stack))
        position += len(stack)
    return [row for row in rows if row.pieces]


def _is_label_character(piece: Piece) -> bool:
    return len(piece.text.strip()) == 1 and "\u3400" <= piece.text.strip() <= "\u9fff"


def _space(before: str, after: str, gap_ems: float) -> str:
    if before.endswith(" ") or after.startswith(" "):
        return ""
    limit = CJK_GAP_EMS if before[-1:] > "\u2e7f" or after[:1] > "\u2e7f" else WORD_GAP_EMS
    return " " if gap_ems > limit else ""


def _blocks(rows: list[_Row], depth: int = 0) -> Iterator[list[_Row]]:
    """Rows that are read together, in order: what stands above columns, each column, what stands below."""
    region = _columns(rows) if depth < 6 else None
    if region is None:
        if rows:
            yield rows
        return
    first, last, gutter = region
    yield from _blocks(rows[:first], depth + 1)
    for left_side in (True, False):
        side = [_Row([p for p in row.pieces if (_centre(p.box) < gutter) is left_side]) for row in rows[first:last]]
        yield from _blocks([row for row in side if row.pieces], depth + 1)
    yield from _blocks(rows[last:], depth + 1)


def _columns(rows: list[_Row]) -> tuple[int, int, float] | None:
    """(first row, row after the last, x of the gutter) of the tallest region of two columns of prose."""
    best: tuple[int, int, float] | None = None
    candidates = {round(gap, 1) for row in rows for gap in _gutters(row)}
    for gutter in _thinned(sorted(candidates), median(row.size for row in rows) if rows else 1.0):
        first: int | None = None
        for index in range(len(rows) + 1):
            apart = first is not None and first < index < len(rows) and not _near(rows[index - 1], rows[index])
            if index < len(rows) and not apart and not _crosses(rows[index], gutter):
                first = index if first is None else first
                continue
            if first is not None and (best is None or index - first > best[1] - best[0]):
                start, end = _trimmed(rows, first, index, gutter)
                if _is_prose(rows[start:end], gutter) and (best is None or end - start > best[1] - best[0]):
                    best = (start, end, gutter)
            first = index if apart and not _crosses(rows[index], gutter) else None
    return best


def _gutters(row: _Row) -> Iterator[float]:
    for before, after in zip(row.pieces, row.pieces[1:], strict=False):
        yield (before.box.right + after.box.left) / 2


def _thinned(places: list[float], size: float) -> list[float]:
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] > size / 4:
            kept.append(place)
    return kept[:200]


def _crosses(row: _Row, gutter: float) -> bool:
    return any(piece.box.left < gutter < piece.box.right for piece in row.pieces)


def _trimmed(rows: list[_Row], first: int, last: int, gutter: float) -> tuple[int, int]:
    """Without the rows at the ends that stand on one side only, such as a title or the last lines of a page."""
    both = [index for index in range(first, last) if 0 < _on_left(rows[index], gutter) < len(rows[index].pieces)]
    if not both:
        return first, first
    end = both[-1] + 1
    while end < last and _on_left(rows[end], gutter) in (0, len(rows[end].pieces)) and _close(rows[end - 1], rows[end]):
        end += 1  # the longer column goes on alone
    return both[0], end


def _near(above: _Row, below: _Row) -> bool:
    return below.box.top - above.box.bottom < MAX_COLUMN_STEP_EMS * max(above.size, below.size)


def _close(above: _Row, below: _Row) -> bool:
    return below.box.top - above.box.bottom < 1.5 * max(above.size, below.size)


def _on_left(row: _Row, gutter: float) -> int:
    return sum(_centre(piece.box) < gutter for piece in row.pieces)


def _is_prose(rows: list[_Row], gutter: float) -> bool:
    """Whether both sides are columns of running text: enough rows, wide enough, most lines filling the width."""
    for left_side in (True, False):
        boxes: list[Box] = []
        sizes: list[float] = []
        cut = 0  # rows of several cells, as a table has them
        for row in rows:
            side = [piece for piece in row.pieces if (_centre(piece.box) < gutter) is left_side]
            if side:
                boxes.append(_around(piece.box for piece in side))
                sizes.extend(piece.size for piece in side)
                cut += len(side) > 1
        if len(boxes) < MIN_COLUMN_ROWS or cut > MAX_CUT_SHARE * len(boxes):
            return False
        width = _edge(sorted(box.right for box in boxes), 0.9) - _edge(sorted(box.left for box in boxes), 0.1)
        if width < MIN_COLUMN_EMS * median(sizes):
            return False
        full = sum(box.right - box.left >= FULL_LINE * width for box in boxes)
        if full < MIN_FULL_SHARE * len(boxes):
            return False
    return True


def _lines_of(rows: list[_Row]) -> Iterator[PageLine]:
    """The lines of one block, with the edges that most of its lines keep."""
    boxes = [row.box for row in rows]
    left = _edge(sorted(box.left for box in boxes), 0.1)
    right = _edge(sorted(box.right for box in boxes), 0.9)
    bottom: float | None = None
    for row, box in zip(rows, boxes, strict=True):
        gap = (box.top - bottom) / max(row.size, 1e-6) if bottom is not None else 0.0
        yield PageLine(_row_text(row), box, row.size, left, right, gap)
        bottom = box.bottom


def _row_text(row: _Row) -> str:
    parts: list[str] = []
    before: Piece | None = None
    for piece in row.pieces:
        if before is not None:
            wide = piece.box.left - before.box.right > CELL_GAP_EMS * max(before.size, piece.size)
            parts.append("  " if wide else " ")
        parts.append(piece.text.strip())
        before = piece
    return "".join(parts).strip()


def _edge(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def _centre(box: Box) -> float:
    return (box.left + box.right) / 2


def _around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
