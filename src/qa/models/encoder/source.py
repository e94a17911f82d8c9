"""What a sentence-transformers folder says of its encoder, where it is one that can be run without torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_TRANSFORMER, _POOLING, _NORMALIZE = "Transformer", "Pooling", "Normalize"


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """What the tensors of a BERT encoder do not tell."""

    dim: int
    layers: int
    heads: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class EncoderSource:
    """The encoder of a folder. ``pooling`` is "mean" or "cls"; ``max_tokens`` counts prompt, text and special tokens."""

    path: Path
    shape: EncoderShape
    pooling: str
    max_tokens: int
    prompts: Mapping[str, str]
    default_prompt: str | None


def read_source(path: Path) -> EncoderSource | None:
    """The encoder in ``path``; ``None`` where it is of another make than BERT with mean or CLS pooling.

    Unknown settings count as another make: a folder is then run by sentence-transformers itself, which knows them all.
    """
    try:
        return _read(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read(path: Path) -> EncoderSource | None:
    modules = [(each["type"].rpartition(".")[2], each["path"]) for each in _json(path / "modules.json")]
    names = [name for name, _ in modules]
    if names not in ([_TRANSFORMER, _POOLING], [_TRANSFORMER, _POOLING, _NORMALIZE]) or modules[0][1]:
        return None
    config = _json(path / "config.json")
    plain = (
        config["model_type"] == "bert"
        and config.get("hidden_act", "gelu") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and (path / "model.safetensors").is_file()
        and (path / "tokenizer.json").is_file()
    )
    pooling = _pooling(_json(path / modules[1][1] / "config.json"))
    if not plain or pooling is None:
        return None
    said = _json(path / "config_sentence_transformers.json", {})
    return EncoderSource(
        path=path,
        shape=EncoderShape(
            dim=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            layer_norm_eps=config.get("layer_norm_eps", 1e-12),
        ),
        pooling=pooling,
        max_tokens=_max_tokens(path, config["max_position_embeddings"]),
        prompts=said.get("prompts") or {},
        default_prompt=said.get("default_prompt_name"),
    )


def _pooling(config: dict[str, Any]) -> str | None:
    """The one way of pooling, in today's form of the file and in the older one with a flag a way."""
    if not config.get("include_prompt", True):
        return None
    modes = {name.removeprefix("pooling_mode_").removesuffix("_token").removesuffix("_tokens") for name in config
             if name.startswith("pooling_mode_") and config[name]}  # fmt: skip
    modes = {config["pooling_mode"]} if "pooling_mode" in config else modes
    return next(iter(modes)) if len(modes) == 1 and modes <= {"mean", "cls"} else None


def _max_tokens(path: Path, positions: int) -> int:
    limits = (
        _json(path / "sentence_bert_config.json", {}).get("max_seq_length"),
        _json(path / "tokenizer_config.json", {}).get("model_max_length"),
    )
    return min([positions, *(int(limit) for limit in limits if limit)])


def _json(path: Path, missing: Any = None) -> Any:
    if missing is not None and not path.is_file():
        return missing
    return json.loads(path.read_text("utf-8"))


def tensors_of(source: EncoderSource) -> dict[str, Floats]:
    """Every tensor of the folder as float32, by BERT's names without a leading ``bert.``."""
    from safetensors.numpy import load_file

    loaded = load_file(source.path / "model.safetensors")
    return {name.removeprefix("bert."): np.asarray(tensor, dtype=np.float32) for name, tensor in loaded.items()}
