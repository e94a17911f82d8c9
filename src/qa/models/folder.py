"""A sentence-transformers folder on disk: what it hashes to, and whether it still is what was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.errors import ModelError
from qa.models.description import FileRecord, ModelDescription

_CHUNK_BYTES = 1 << 20
_MARKERS = ("modules.json", "config.json")
_DECISIVE_SUFFIXES = frozenset({".safetensors", ".bin", ".json", ".txt", ".model", ".py"})
_OTHER_BACKENDS = frozenset({"onnx", "openvino"})


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A local folder that sentence-transformers can load.

    ``name`` is how the user named the model. ``fingerprint`` (hex SHA-256) covers weights, tokenizer, prompts and the
    rest of the configuration: equal fingerprints give equal vectors. ``description`` is set for the model the product
    ships with; ``converted`` is true when this process has just made the folder.
    """

    name: str
    path: Path
    fingerprint: str
    description: ModelDescription | None = None
    converted: bool = False

    def verify(self) -> None:
        """Hashes every decisive file anew (about 0.1 s for the default model).

        Raises :class:`qa.errors.ModelError` naming the files that are not what they were when the folder was resolved.
        """
        if self.description is None:
            if fingerprint_of_folder(self.path) != self.fingerprint:
                raise ModelError(f"模型文件夹 {self.path} 在使用中被改动", hint="重新运行本命令")
            return
        damaged = [name for name, record in self.description.files if _record_or_none(self.path / name) != record]
        if damaged:
            raise ModelError(
                f"模型文件已损坏：{'、'.join(damaged)}",
                reason=f"校验和与记录不符：{self.path}",
                hint=f"删除文件夹 {self.path} 后重新运行，会自动重新生成",
            )


def file_record(path: Path) -> FileRecord:
    """Size and SHA-256 of the file at ``path``. Raises :class:`OSError` when it cannot be read."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return FileRecord(size, digest.hexdigest())


def fingerprint_of(files: Iterable[tuple[str, FileRecord]]) -> str:
    """SHA-256 (hex) over the names and hashes of the files; the order they come in does not matter."""
    listing = sorted((name, record.sha256) for name, record in files)
    return hashlib.sha256(json.dumps(listing, ensure_ascii=False).encode()).hexdigest()


def fingerprint_of_folder(path: Path) -> str:
    """The fingerprint of any sentence-transformers folder: weights, tokenizer, configuration and prompts.

    Model cards, hidden files and copies for other backends do not count. Raises :class:`qa.errors.ModelError` when
    ``path`` is not such a folder or cannot be read.
    """
    if not any((path / marker).is_file() for marker in _MARKERS):
        raise ModelError(
            f"文件夹 {path} 不是句向量模型",
            reason="其中没有 modules.json 或 config.json",
            hint="指定 sentence-transformers 模型所在的文件夹，或清除 QA_MODEL 使用随附模型",
        )
    try:
        return fingerprint_of((name, file_record(path / name)) for name in _decisive_files(path))
    except OSError as error:
        raise ModelError(
            f"无法读取模型文件夹 {path}", reason=str(error), hint="检查文件是否完整、是否有读取权限"
        ) from error


def has_sizes(path: Path, files: Iterable[tuple[str, FileRecord]]) -> bool:
    """Whether every file is there with the size recorded; contents are not read."""
    try:
        return all((path / name).stat().st_size == record.size_bytes for name, record in files)
    except OSError:
        return False


def _decisive_files(path: Path) -> Iterator[str]:
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        hidden = any(part.startswith(".") for part in inside.parts)
        if (
            not hidden
            and inside.parts[0] not in _OTHER_BACKENDS
            and file.suffix in _DECISIVE_SUFFIXES
            and file.is_file()
        ):
            yield inside.as_posix()


def _record_or_none(path: Path) -> FileRecord | None:
    try:
        return file_record(path)
    except OSError:
        return None
