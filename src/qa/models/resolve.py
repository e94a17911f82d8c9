"""From a model's name to a folder on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from qa.errors import ModelError
from qa.models.cache import converted_model
from qa.models.description import DEFAULT_MODEL
from qa.models.folder import ModelFolder, fingerprint_of_folder
from qa.ports import Progress

_OTHER_BACKENDS = ("onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.gguf")


def resolve_model(name: str | None, cache_dir: Path, progress: Progress | None = None) -> ModelFolder:
    """The folder of the model called ``name``.

    Nothing, ``"default"`` or the default model's own name: the model that comes with the packages, converted into
    ``cache_dir`` at the first call (``progress`` counts bytes). An existing folder: that folder. Anything else: a name
    on the model hub, taken from the local Hugging Face cache, or downloaded when it is not there; a bare name means one
    of the organisation ``sentence-transformers``, as in the library itself.

    Raises :class:`qa.errors.ModelError` naming what is missing and the next step.
    """
    wanted = (name or "").strip()
    if wanted in ("", "default", DEFAULT_MODEL.name):
        return converted_model(DEFAULT_MODEL, cache_dir, progress)
    folder = Path(wanted).expanduser()
    if os.path.isdir(folder):  # unlike Path.is_dir, false for a name that is too long for a file system
        return ModelFolder(wanted, folder, fingerprint_of_folder(folder))
    if _looks_like_path(wanted):
        raise ModelError(f"找不到模型文件夹 {wanted}", hint="检查 QA_MODEL 或 --model 的路径；留空则使用随附模型")
    folder = _hub_folder(wanted)
    return ModelFolder(wanted, folder, fingerprint_of_folder(folder))


def _looks_like_path(name: str) -> bool:
    return name.startswith(("/", ".", "~")) or "\\" in name or name.count("/") > 1


def _hub_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except LocalEntryNotFoundError:
            return Path(snapshot_download(repository, ignore_patterns=list(_OTHER_BACKENDS)))
    except (OSError, HfHubHTTPError, HFValidationError, LocalEntryNotFoundError) as error:
        raise ModelError(
            f"找不到句向量模型“{name}”",
            reason="本机没有这个文件夹，模型库的本地缓存里也没有，且无法从模型库取得",
            hint="把模型文件夹拷到本机并设置 QA_MODEL=文件夹路径，或清除 QA_MODEL 使用随附模型",
        ) from error
