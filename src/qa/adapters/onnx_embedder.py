"""The :class:`qa.ports.Embedder` on onnxruntime: the 8-bit network of a BERT model, without torch."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.adapters.onnx_session import open_session, processors
from qa.adapters.windowed_embedding import DOCUMENT_PROMPTS, QUERY_PROMPTS, embed, prompt_of
from qa.errors import ModelError
from qa.models import ModelFolder
from qa.models.encoder import EncoderFiles
from qa.models.encoder.tokens import text_tokenizer
from qa.ports import Progress, Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class _Loaded:
    session: InferenceSession
    tokenizer: Tokenizer

    def count(self, text: str) -> int:
        return len(self.tokenizer.encode(text).ids)

    def vector(self, text: str) -> Vectors:
        ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
        found: Vectors = self.session.run(["vector"], {"ids": ids})[0][0]
        return found


class OnnxEmbedder:
    """Embeds with the 8-bit network made from a model folder.

    Texts go through one by one, so that a text's vector never depends on its neighbours (the scale of 8-bit activations is that of
    what runs together) and nothing is spent on padding; documents run on every processor at once, a text each. A text longer
    than the window is embedded in several, averaged by their tokens; ``split_count`` counts such texts. Nothing is loaded before
    the first vector is asked for.

    The fingerprint is that of the folder: vectors agree with those of float32 to a cosine of .998 or more, and an index built
    with one may be asked with the other.
    """

    def __init__(self, folder: ModelFolder, files: EncoderFiles, *, threads: int = 1) -> None:
        self._folder, self._files, self._threads = folder, files, threads
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._split_count = 0

    @property
    def name(self) -> str:
        """How the model was named by the user."""
        return self._folder.name

    @property
    def fingerprint(self) -> str:
        """Hash of weights, tokenizer and prompts of the folder."""
        return self._folder.fingerprint

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._files.source.shape.dim

    @property
    def max_tokens(self) -> int | None:
        """The window: tokens of a prompt, a text and the special tokens together."""
        return self._files.source.max_tokens

    @property
    def split_count(self) -> int:
        """How many texts so far were longer than the window and therefore embedded in several windows."""
        return self._split_count

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How much of :attr:`max_tokens` each text takes as a document: prompt and special tokens included."""
        prompt, loaded = self._prompt(DOCUMENT_PROMPTS), self._model()
        return [loaded.count(prompt + text) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32, rows L2-normalised, with the model's query prompt if it has one; (0, dim) for no texts."""
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row] = self._embed(text, QUERY_PROMPTS)
        return rows

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """(n, dim) float32, rows L2-normalised, with the model's document prompt if it has one; (0, dim) for no texts.

        ``progress`` is called after every text with (texts done, texts in all); what it raises ends the work.
        """
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        with ThreadPoolExecutor(max_workers=max(1, min(processors(), len(texts)))) as pool:
            try:
                for row, vector in enumerate(pool.map(lambda text: self._embed(text, DOCUMENT_PROMPTS), texts)):
                    rows[row] = vector
                    if progress is not None:
                        progress(row + 1, len(texts))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return rows

    def _embed(self, text: str, prompt_names: tuple[str, ...]) -> Vectors:
        loaded, prompt = self._model(), self._prompt(prompt_names)
        vector, split = embed(
            text,
            self.max_tokens,
            lambda piece: loaded.count(prompt + piece),
            lambda piece: loaded.vector(prompt + piece),
        )
        if split:
            with self._lock:
                self._split_count += 1
        return vector

    def _prompt(self, names: tuple[str, ...]) -> str:
        return prompt_of(self._files.source.prompts, self._files.source.default_prompt, names)

    def _model(self) -> _Loaded:
        """Tokenizer and network, loaded at the first call after their files were checked. Raises :class:`ModelError`."""
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._folder.verify()
                    self._files.verify()
                    self._loaded = _load(self._files, self._threads)
        return self._loaded


def _load(files: EncoderFiles, threads: int) -> _Loaded:
    try:
        return _Loaded(open_session(files.path, threads), text_tokenizer(files.source.path))
    except Exception as error:
        raise ModelError(
            "8 位句向量模型无法载入",
            reason=str(error).strip().split("\n", 1)[0],
            hint=f"删除文件夹 {files.path.parent} 后重新运行；仍不行时设置 QA_EMBEDDER=torch",
        ) from error
