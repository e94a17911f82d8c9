"""The 8-bit network in the cache folder: made once, whole or not at all, checked when it is loaded."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from qa.errors import ModelError
from qa.models.description import FileRecord
from qa.models.encoder.calibration import sentence_inputs, towering_units
from qa.models.encoder.graph import vector_model
from qa.models.encoder.source import EncoderSource, read_source, tensors_of
from qa.models.folder import ModelFolder, file_record

VERSION = 2
"""Counts the forms of the network; a new one is made beside the old."""
NETWORK, WEIGHTS, MANIFEST = "encoder.onnx", "weights.bin", "manifest.json"
EXTERNAL_FROM_BYTES = 1 << 16
"""Larger tensors stand in their own file, which onnxruntime maps into memory instead of reading it."""


@dataclass(frozen=True, slots=True)
class EncoderFiles:
    """A made network: ``path`` is the ONNX file; ``source`` tells the window, the prompts and where the tokenizer is."""

    path: Path
    source: EncoderSource

    def verify(self) -> None:
        """Raises :class:`qa.errors.ModelError` when the files are not what was written."""
        folder = self.path.parent
        try:
            recorded = json.loads((folder / MANIFEST).read_text("utf-8"))
            damaged = [name for name, record in recorded.items() if file_record(folder / name) != FileRecord(*record)]
        except (OSError, ValueError, TypeError, AttributeError) as error:
            damaged = [f"{MANIFEST}（{error}）"]
        if damaged:
            raise ModelError(
                f"8 位模型文件已损坏：{'、'.join(damaged)}",
                reason=f"校验和与记录不符：{folder}",
                hint=f"删除文件夹 {folder} 后重新运行，会自动重新生成",
            )


def int8_encoder(folder: ModelFolder, cache_dir: Path) -> EncoderFiles | None:
    """The 8-bit network of ``folder``, made now (about two seconds) when it is not there.

    ``None`` for a model that only sentence-transformers itself can run. Raises :class:`qa.errors.ModelError` when the folder is
    damaged or the cache cannot be written.
    """
    source = read_source(folder.path)
    if source is None:
        return None
    target = cache_dir / "encoders" / f"int8-v{VERSION}-{folder.fingerprint[:16]}"
    if not (target / MANIFEST).is_file():
        folder.verify()
        try:
            _make(source, target)
        except OSError as error:
            raise ModelError(
                f"无法在 {target.parent} 写入 8 位模型",
                reason=error.strerror or str(error),
                hint="腾出约 100 MB 空间，或用环境变量 QA_CACHE 指定一个可写的文件夹",
            ) from error
    return EncoderFiles(target / NETWORK, source)


def _make(source: EncoderSource, target: Path) -> None:
    import onnx

    tensors = tensors_of(source)
    apart = towering_units(vector_model(source, tensors, None), sentence_inputs(source))
    model = vector_model(source, tensors, apart)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
    try:
        onnx.save_model(
            model, made / NETWORK, save_as_external_data=True, location=WEIGHTS, size_threshold=EXTERNAL_FROM_BYTES
        )
        records = {name: (record.size_bytes, record.sha256) for name, record in _records(made)}
        (made / MANIFEST).write_text(json.dumps(records, indent=2) + "\n", encoding="utf-8")
        for path in made.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        made.chmod(0o755)
        _publish(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _records(folder: Path) -> list[tuple[str, FileRecord]]:
    return [(name, file_record(folder / name)) for name in (NETWORK, WEIGHTS)]


def _publish(made: Path, target: Path) -> None:
    """Renames; where another process was first its network stays, and one without a manifest makes room."""
    if target.exists() and not (target / MANIFEST).is_file():
        shutil.rmtree(target)
    try:
        made.rename(target)
    except OSError:
        if not (target / MANIFEST).is_file():
            raise
