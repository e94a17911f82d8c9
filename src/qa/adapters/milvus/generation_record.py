"""``milvus.json``: what a generation says of its rows in Milvus. Its checksum stands in the manifest."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.errors import IndexDamagedError

RECORD = "milvus.json"


@dataclass(frozen=True, slots=True)
class GenerationRecord:
    """``rows`` texts stand for ``passages`` passages; ``retired`` are the rows that the generation before used and this one does not.

    ``words_mean`` is the mean length of a passage in terms that the weights of the word index were made with; 0: no words there.
    """

    library: str
    collection: str
    dim: int
    index: str
    passages: int
    rows: int
    words_mean: float = 0.0
    retired: tuple[int, ...] = ()


def write_record(folder: Path, record: GenerationRecord) -> None:
    (folder / RECORD).write_text(json.dumps(asdict(record), separators=(",", ":")), "utf-8")


def read_record(generation: Path) -> GenerationRecord | None:
    """``None`` where the generation keeps its vectors otherwise. Raises :class:`IndexDamagedError`."""
    try:
        values = json.loads((generation / RECORD).read_text("utf-8"))
        return GenerationRecord(**{**values, "retired": tuple(values["retired"])})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexDamagedError(
            f"{generation.name}/{RECORD} 无法读取",
            reason=f"{type(error).__name__}: {error}",
            hint="运行 qa index --rebuild 重建；资料文件不受影响",
        ) from error
