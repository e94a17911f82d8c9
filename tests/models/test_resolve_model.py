"""Names of models: the default, folders, names on the hub; and what a fingerprint covers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qa.errors import ModelError
from qa.models import DEFAULT_MODEL, ModelFolder, resolve_model
from qa.models.folder import fingerprint_of_folder


def _folder(path: Path) -> Path:
    path.mkdir()
    for name in ("modules.json", "config.json", "tokenizer.json", "config_sentence_transformers.json"):
        (path / name).write_text("{}", encoding="utf-8")
    (path / "model.safetensors").write_bytes(b"weights")
    (path / "README.md").write_text("card", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", [None, "", "default", " default ", DEFAULT_MODEL.name])
def test_default_has_several_names(default_model: ModelFolder, cache_dir: Path, name: str | None) -> None:
    assert resolve_model(name, cache_dir).path == default_model.path


def test_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    path = _folder(tmp_path / "own")
    found = resolve_model(str(path), tmp_path / "cache")
    assert (found.name, found.path, found.description, found.converted) == (str(path), path, None, False)
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("decisive", ["model.safetensors", "tokenizer.json", "config_sentence_transformers.json"])
def test_fingerprint_covers_weights_tokenizer_and_prompts(tmp_path: Path, decisive: str) -> None:
    path = _folder(tmp_path / "own")
    before = fingerprint_of_folder(path)
    assert before == fingerprint_of_folder(_folder(tmp_path / "same"))
    (path / decisive).write_bytes(b"changed")
    assert fingerprint_of_folder(path) != before


def test_fingerprint_ignores_card_and_other_backends(tmp_path: Path) -> None:
    path = _folder(tmp_path / "own")
    before = fingerprint_of_folder(path)
    (path / "README.md").write_text("changed", encoding="utf-8")
    (path / "onnx").mkdir()
    (path / "onnx" / "config.json").write_text("{}", encoding="utf-8")
    assert fingerprint_of_folder(path) == before


def test_default_fingerprint_is_that_of_its_files(default_model: ModelFolder) -> None:
    assert default_model.fingerprint == fingerprint_of_folder(default_model.path)


def test_change_under_way_is_found(tmp_path: Path) -> None:
    found = resolve_model(str(_folder(tmp_path / "own")), tmp_path)
    found.verify()
    (found.path / "model.safetensors").write_bytes(b"Weights")
    with pytest.raises(ModelError, match="改动"):
        found.verify()


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "~/nowhere-at-all", "a/b/c", "a\\b"])
def test_missing_folder_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError) as caught:
        resolve_model(name, tmp_path)
    assert name in caught.value.message
    assert caught.value.hint


def test_folder_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="不是句向量模型"):
        resolve_model(str(tmp_path), tmp_path)


@pytest.mark.parametrize("name", ["someone/some-model", "some-model", "not a name", "x" * 300])
def test_hub_name_without_network_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    with pytest.raises(ModelError, match=name) as caught:
        resolve_model(name, tmp_path)
    assert "QA_MODEL" in caught.value.hint


def test_hub_name_in_the_local_cache_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    repository = tmp_path / "models--someone--some-model"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("0" * 40, encoding="utf-8")
    (repository / "snapshots").mkdir()
    snapshot = _folder(repository / "snapshots" / ("0" * 40))
    found = resolve_model("someone/some-model", tmp_path)
    assert found.path == snapshot


def test_naming_and_converting_a_model_loads_no_torch(cache_dir: Path, default_model: ModelFolder) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.models import resolve_model; import qa.adapters.sentence_transformer;"
        "resolve_model(None, Path(sys.argv[1])).verify();"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code, str(cache_dir)], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
