"""A file's bytes → :class:`qa.ports.Loaded`, parsed in a child process under the bounds of time and memory of one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from qa.ports import Loaded, SourceLine, SourcePage
from qa.reading.loaders.isolated import PARSING
from qa.reading.loaders.limits import PARSE_LIMIT_S, PARSE_MB_LIMIT_S
from qa.reading.loaders.work_folder import work_folder

Parse = Callable[[bytes, str], Loaded]
"""(the file's bytes, its name for messages) → what it holds; a function of a loader's module that keeps no state."""

_LINE = attrgetter(*(each.name for each in fields(SourceLine)))
_PAGE = attrgetter(*(each.name for each in fields(SourcePage)))


def parsed_apart(parse: Parse, data: bytes, name: str) -> Loaded:
    """What ``parse`` makes of ``data``. Raises :class:`qa.errors.DocumentError`, also when it takes too long or too much memory."""
    with work_folder() as folder:
        path = Path(folder, "file")
        path.write_bytes(data)
        place = f"{parse.__module__}:{parse.__qualname__}"
        found = PARSING.call(
            "qa.reading.loaders.apart:parsed_file", [place, str(path), name], name=name, limit_s=time_limit_s(len(data))
        )
    return loaded_from(found)


def time_limit_s(size_bytes: int) -> float:
    """Seconds that a file of this size may take."""
    return PARSE_LIMIT_S + PARSE_MB_LIMIT_S * size_bytes / 1024**2


def parsed_file(place: str, path: str, name: str) -> dict[str, Any]:
    """The child's side of :func:`parsed_apart`: JSON as :func:`loaded_from` takes it."""
    module, _, function = place.partition(":")
    parse: Parse = getattr(import_module(module), function)
    return loaded_json(parse(Path(path).read_bytes(), name))


def loaded_json(loaded: Loaded) -> dict[str, Any]:
    """``loaded`` as JSON; its text goes once, be it whole or in lines."""
    return {
        "text": loaded.text if loaded.lines is None else None,
        "encoding": loaded.encoding,
        "warnings": loaded.warnings,
        "lines": None if loaded.lines is None else list(map(_LINE, loaded.lines)),
        "pages": list(map(_PAGE, loaded.pages)),
    }


def loaded_from(found: dict[str, Any]) -> Loaded:
    """What :func:`loaded_json` made JSON of."""
    pages = tuple(SourcePage(*page) for page in found["pages"])
    if found["lines"] is None:
        return Loaded(found["text"], found["encoding"], tuple(found["warnings"]), None, pages)
    lines = (
        SourceLine(text, heading, tuple((start, end) for start, end in bold), *rest)
        for text, heading, bold, *rest in found["lines"]
    )
    return Loaded.of_lines(lines, found["warnings"], pages, found["encoding"])
