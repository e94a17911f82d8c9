"""What the rooms need from outside, as Protocols. Adapters implement them; ``bootstrap`` chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.records import AskedQuestion, Document, DocumentStatus, Feedback, Filters, Passage, Question, Reading, Word

Vectors = NDArray[np.float32]
"""(n, dim) float32, rows L2-normalised."""

Progress = Callable[[int, int], None]
"""Called with (done, total); may raise to stop the work."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a loader found in a file: its decoded text, the encoding, and warnings (Chinese, ready to show).

    Line ends are ``\\n``. Structure that a format carries by itself (a .docx heading) is marked in the text as markdown.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


class Loader(Protocol):
    """Reads one kind of file."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Lower-case file name endings with the dot."""

    def load(self, path: Path) -> SourceText:
        """The file's text. Raises :class:`qa.errors.DocumentError` naming the file, the reason and the next step."""


class Embedder(Protocol):
    """Turns text into vectors."""

    @property
    def name(self) -> str:
        """How the model was named by the user."""

    @property
    def dim(self) -> int: ...

    @property
    def fingerprint(self) -> str:
        """Hash of weights, tokenizer and prompts: equal fingerprints give equal vectors."""

    @property
    def split_count(self) -> int:
        """How many texts so far were longer than the window and therefore embedded in several windows."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors: ...


class Analyzer(Protocol):
    """Cuts text into index terms: simplified, half width, lower case, numerals in Arabic form."""

    @property
    def fingerprint(self) -> str:
        """Hash of the dictionary and rules: equal fingerprints give equal terms."""

    def fold(self, text: str) -> str:
        """Half width, lower case, simplified."""

    def terms(self, text: str) -> list[str]:
        """Index terms in order, with the finer pieces of long words."""

    def words(self, text: str) -> list[Word]:
        """A segmentation of ``text`` with offsets into it; words are folded, white space and marks left out."""


class VectorIndex(Protocol):
    """Nearest neighbours by inner product."""

    def __len__(self) -> int: ...

    def search(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        """(passage key, cosine), best first, ties by key; ``vector`` is (dim,) or (1, dim). ``allowed`` limits the keys."""


class LexicalIndex(Protocol):
    """Words."""

    def search(self, terms: Sequence[str], k: int, filters: Filters) -> list[tuple[int, float]]:
        """(passage key, BM25 score), best first, ties by key."""

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands."""


class DocumentStore(Protocol):
    """The documents and passages of one published generation. Keys are positive integers, stable inside the generation."""

    def documents(self) -> list[Document]: ...

    def document(self, document_id: str) -> Document:
        """Raises :class:`qa.errors.NotFoundError`."""

    def passages(self, keys: Iterable[int]) -> dict[int, Passage]: ...

    def passages_of(self, document_id: str) -> list[Passage]: ...

    def keys_matching(self, filters: Filters) -> NDArray[np.int64]:
        """Keys of the passages that the filters let through, ascending."""


class LibraryWriter(Protocol):
    """The next generation while it is made, beside the published one. Every call is durable when it returns.

    ``put`` and ``remove`` keep passages and terms in step; embeddings are kept by the hash of what is embedded, so that moved or
    re-split text is not embedded again.
    """

    def known(self) -> dict[str, tuple[str, DocumentStatus]]:
        """path → (sha256 of the file, how it was read)."""

    def put(self, document: Document, passages: Sequence[Passage]) -> None: ...

    def remove(self, path: str) -> None: ...

    def unembedded(self) -> list[tuple[str, str]]:
        """(hash, text) of what still needs a vector, in reading order, each hash once."""

    def put_embeddings(self, hashes: Sequence[str], vectors: Vectors) -> None: ...

    def passage_count(self) -> int: ...

    def publish(self) -> str:
        """Switches readers to this generation in one rename and returns its name."""

    def discard(self) -> None:
        """Throws the unpublished work away."""


class Reader(Protocol):
    """Finds the answering span."""

    @property
    def name(self) -> str: ...

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        """One :class:`Reading` a passage, in order."""


class QuestionHistory(Protocol):
    """What was asked, a visitor's own questions apart from everybody else's. Raises :class:`qa.errors.WorkspaceError`."""

    def list(self, visitor: str, limit: int = 50) -> tuple[AskedQuestion, ...]:
        """The visitor's latest questions, newest first; the same question under the same filters stands once."""

    def add(self, asked: AskedQuestion) -> None:
        """Keeps a question; one that was asked before moves to the top with its new outcome. The oldest fall out."""

    def delete(self, visitor: str, id: int) -> bool:
        """Forgets one of the visitor's questions; ``False`` where there is none with this ``id``."""

    def clear(self, visitor: str) -> int:
        """Forgets all of the visitor's questions and returns how many there were."""


class FeedbackStore(Protocol):
    """What people said of answers. Raises :class:`qa.errors.WorkspaceError`."""

    def list(self) -> tuple[Feedback, ...]:
        """Everything that was said, newest first."""

    def add(self, feedback: Feedback) -> Feedback:
        """Keeps a verdict and returns it with its ``id``; a visitor's second one on the same answer replaces the first."""

    def delete(self, id: int) -> bool:
        """Forgets one; ``False`` where there is none with this ``id``."""
