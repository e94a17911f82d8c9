"""The small LaTeX that text recognition leaves in prose: Greek letters, sub- and superscripts, a few signs."""

from __future__ import annotations

import re

from qa.reading.lines import Run

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega"
).split()
_LETTERS = dict(zip(_GREEK, "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
SYMBOLS = (
    _LETTERS
    | {name.capitalize(): letter.upper() for name, letter in _LETTERS.items()}
    | {
        "varepsilon": "ε",
        "varphi": "φ",
        "times": "×",
        "div": "÷",
        "pm": "±",
        "cdot": "·",
        "leq": "≤",
        "le": "≤",
        "geq": "≥",
    }
    | {
        "ge": "≥",
        "neq": "≠",
        "approx": "≈",
        "sim": "~",
        "circ": "°",
        "degree": "°",
        "rightarrow": "→",
        "to": "→",
        "infty": "∞",
    }
    | {"ldots": "…", "cdots": "…", "quad": " ", "qquad": " ", "celsius": "℃", "permil": "‰", "sum": "∑", "Delta": "Δ"}
)
_SILENT = frozenset(
    {"mathrm", "mathbf", "mathit", "text", "textbf", "rm", "bf", "left", "right", "mathsf", "operatorname"}
)
_PIECE = re.compile(
    r"\\(?P<name>[A-Za-z]+)\s?|\\(?P<sign>[%&#$_{}])|\\[,;! ]|(?P<dropped>[{}^_\s]+)|(?P<word>[^\\{}^_\s]+)"
)
_MATH = re.compile(r"[\\^_]|^\s*[A-Za-z0-9.%+\-]{1,12}\s*$")


def plain_math(tex: str, source_start: int) -> list[Run] | None:
    """The words of ``$tex$``, or ``None`` when it is no mathematics this understands (the dollar signs are then
    words).
    """
    if not _MATH.search(tex):
        return None
    runs: list[Run] = []
    position = 0
    while position < len(tex):
        match = _PIECE.match(tex, position)
        if match is None:
            return None
        name = match["name"]
        if name and name not in SYMBOLS and name not in _SILENT:
            return None
        if name in SYMBOLS:
            runs.append(Run(SYMBOLS[name], None))
        elif match["sign"] or match["word"]:
            group = "sign" if match["sign"] else "word"
            runs.append(Run(match[group], source_start + match.start(group)))
        position = match.end()
    return runs
