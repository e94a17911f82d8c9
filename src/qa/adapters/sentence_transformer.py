"""The :class:`qa.ports.Embedder` over sentence-transformers: any model folder it can load, with the model's own prompts."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from qa.adapters.windowed_embedding import DOCUMENT_PROMPTS, QUERY_PROMPTS, embed, prompt_of
from qa.errors import ModelError
from qa.models import ModelFolder
from qa.ports import Progress, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class DocumentPrecision(StrEnum):
    """How documents are computed; queries always are in float32.

    ``AUTO`` takes bfloat16 where the processor multiplies it natively. Measured with the default model: 2.3 times as fast,
    cosine to float32 ≥ 0.99998, the same Recall@k (docs/decisions/0001-default-model.md).
    """

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"


class SentenceTransformerEmbedder:
    """Embeds with a sentence-transformers folder, on the processor, without any network.

    Texts go through the model one by one. On a processor that costs nothing (measured: 51 ms a passage alone and in batches
    of 16), and a text's vector then never depends on its neighbours: an index made in steps equals one made at once.

    A text longer than the window is embedded in several windows, whose vectors are averaged by their number of tokens and
    normalised; ``split_count`` counts such texts. Nothing is loaded before the first vector is asked for, and calls from
    several threads take turns text by text.
    """

    def __init__(
        self, folder: ModelFolder, *, threads: int = 2, precision: DocumentPrecision = DocumentPrecision.AUTO
    ) -> None:
        self._folder = folder
        self._threads = threads
        self._precision = precision
        self._lock = threading.RLock()
        self._loaded: SentenceTransformer | None = None
        self._split_count = 0

    @property
    def name(self) -> str:
        """How the model was named by the user."""
        return self._folder.name

    @property
    def fingerprint(self) -> str:
        """Hash of weights, tokenizer and prompts. The precision of documents is not part of it."""
        return self._folder.fingerprint

    @property
    def dim(self) -> int:
        """Length of a vector. Loads the model when it is not the one the product ships with."""
        if self._folder.description is not None:
            return self._folder.description.dim
        return int(self._model().get_embedding_dimension() or 0)

    @property
    def max_tokens(self) -> int | None:
        """The window: tokens of a prompt, a text and the special tokens together; ``None`` for a model without a limit."""
        limit: int | None = self._model().max_seq_length
        return limit

    @property
    def split_count(self) -> int:
        """How many texts so far were longer than the window and therefore embedded in several windows."""
        return self._split_count

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How much of :attr:`max_tokens` each text takes as a document: prompt and special tokens included."""
        with self._lock:
            prompt = self._prompt(DOCUMENT_PROMPTS)
            return [self._token_count(prompt + text) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32, rows L2-normalised, with the model's query prompt if it has one; (0, dim) for no texts."""
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            with self._lock:
                rows[row] = self._embed(text, QUERY_PROMPTS)
        return rows

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """(n, dim) float32, rows L2-normalised, with the model's document prompt if it has one; (0, dim) for no texts.

        ``progress`` is called after every text with (texts done, texts in all); what it raises ends the work.
        """
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            with self._lock, self._document_precision():
                rows[row] = self._embed(text, DOCUMENT_PROMPTS)
            if progress is not None:
                progress(row + 1, len(texts))
        return rows

    def _embed(self, text: str, prompt_names: tuple[str, ...]) -> Vectors:
        """The vector of one text, (dim,) float32, of length 1."""
        prompt, query = self._prompt(prompt_names), prompt_names is QUERY_PROMPTS
        vector, split = embed(
            text,
            self.max_tokens,
            lambda piece: self._token_count(prompt + piece),
            lambda piece: self._encode(piece, prompt, query),
        )
        self._split_count += split
        return vector

    def _encode(self, text: str, prompt: str, query: bool) -> Vectors:
        model = self._model()
        encode = model.encode_query if query else model.encode_document
        return np.asarray(encode(text, prompt=prompt, show_progress_bar=False), dtype=np.float32)

    def _prompt(self, names: tuple[str, ...]) -> str:
        model = self._model()
        return prompt_of(model.prompts, model.default_prompt_name, names)

    def _token_count(self, text: str) -> int:
        tokens = self._model().tokenizer(text, truncation=False, padding=False, verbose=False)
        return len(tokens["input_ids"])

    @contextmanager
    def _document_precision(self) -> Iterator[None]:
        import torch

        enabled = self._precision is DocumentPrecision.BFLOAT16
        if self._precision is DocumentPrecision.AUTO:
            processor = torch.cpu.get_capabilities()
            enabled = any(processor.get(name, False) for name in ("amx_bf16", "avx512_bf16", "bf16"))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled):
            yield

    def _model(self) -> SentenceTransformer:
        """The model, loaded at the first call after its files were checked against their hashes.

        Raises :class:`qa.errors.ModelError` when the files are damaged or sentence-transformers cannot load them.
        """
        with self._lock:
            if self._loaded is None:
                self._folder.verify()
                self._loaded = _load(self._folder, self._threads)
            return self._loaded


def _load(folder: ModelFolder, threads: int) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(threads)
    try:
        return SentenceTransformer(str(folder.path), device="cpu", local_files_only=True).eval()
    except Exception as error:  # whatever a foreign folder makes the libraries raise
        raise ModelError(
            f"无法载入句向量模型“{folder.name}”",
            reason=str(error).strip().split("\n", 1)[0] or type(error).__name__,
            hint="检查文件夹是否为完整的 sentence-transformers 模型，或清除 QA_MODEL 使用随附模型",
        ) from error
