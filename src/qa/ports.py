"""What the rooms need from outside, as Protocols. Adapters implement them; ``bootstrap`` chooses."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from qa.records import (
    Account,
    AskedQuestion,
    AuditEntry,
    Document,
    DocumentStatus,
    DocumentSummary,
    Draft,
    DraftSummary,
    Duplicate,
    Feedback,
    Filters,
    LibraryChanges,
    PartialReading,
    Passage,
    Question,
    Reading,
    Role,
    Word,
)

Vectors = NDArray[np.float32]
"""(n, dim) float32, rows L2-normalised."""

Progress = Callable[[int, int], None]
"""Called with (done, total); may raise to stop the work."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a file, with what its format says of it. ``text`` holds no line end and no layout marks.

    A format that knows its paragraphs (.docx, .html, a table row, a slide's text) gives each as one line and sets ``whole``: it
    is then never joined with its neighbours. A format that only knows printed lines (.pdf, .ofd) leaves ``whole`` false, and the
    lines of a paragraph are joined by :mod:`qa.reading.paragraphs`; where the layout tells that a line is the rest of the one
    before, ``continues`` is set. A table row is written by
    :func:`qa.reading.loaders.tables.row_text` (表头：值；表头：值) and has ``table`` set.
    """

    text: str
    heading: int = 0  # level of a heading style, 1 to 9; 0: the format says nothing
    bold: tuple[tuple[int, int], ...] = ()  # half-open spans of ``text``
    whole: bool = False
    continues: bool = False
    table: bool = False
    blank_before: bool = False  # an empty line, or a wide gap, stood before it
    indented: bool = False
    page: int | None = None  # printed page, or slide, from 1


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What is known of a page (or slide, or sheet) beside its lines.

    ``confidence`` is the mean confidence of text recognition in [0, 1], ``None`` where the page holds digital text; a page
    that should be held against the original has ``doubtful`` set.
    """

    number: int
    label: str = ""  # the name of a sheet
    confidence: float | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loader found in a file.

    Either ``text`` alone: decoded text with ``\\n`` line ends, which may hold markdown marks; or ``lines``, and then ``text`` is
    their texts joined by ``\\n`` (:meth:`of_lines`). The source map of a :class:`qa.records.Document` counts code points of
    ``text``. ``warnings`` are Chinese, ready to show: what of the file was not read, read by recognition, or taken as accepted.
    """

    text: str
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    lines: tuple[SourceLine, ...] | None = None
    pages: tuple[SourcePage, ...] = ()

    @classmethod
    def of_lines(
        cls,
        lines: Iterable[SourceLine],
        warnings: Iterable[str] = (),
        pages: Iterable[SourcePage] = (),
        encoding: str = "",
    ) -> Loaded:
        kept = tuple(lines)
        return cls("\n".join(line.text for line in kept), encoding, tuple(warnings), kept, tuple(pages))


class Loader(Protocol):
    """Reads one kind of file. Made without arguments, keeps no state between files."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Lower-case file name endings with the dot."""

    @property
    def max_bytes(self) -> int:
        """Larger files are refused before they are read."""

    def load(self, data: bytes, name: str) -> Loaded:
        """What the file ``name`` (without folders, for messages) with the bytes ``data`` (not empty) holds.

        Raises :class:`qa.errors.DocumentError` naming the file, the reason and the next step, and nothing else whatever the
        bytes are; returns within the format's own time limit.
        """


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


class Analyzer(Hashable, Protocol):
    """Cuts text into index terms: simplified, half width, lower case, numerals in Arabic form. Two are equal when they are one object."""

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

    def summaries(self) -> list[DocumentSummary]:
        """Every document without its text, by path."""

    def changes(self) -> LibraryChanges:
        """What this generation has that the one before had not."""


class KnownFile(NamedTuple):
    """What the index knows of a file. ``correction`` is the sha256 of the card correction it was read with, or empty."""

    sha256: str
    status: DocumentStatus
    correction: str = ""
    document_id: str = ""


class LibraryWriter(Protocol):
    """The next generation while it is made, beside the published one. Every call is durable when it returns.

    ``put``, ``move`` and ``remove`` keep passages and terms in step; embeddings are kept by the hash of what is embedded, so that
    moved or re-split text is not embedded again.
    """

    def known(self) -> dict[str, KnownFile]:
        """path → what was read there."""

    def put(
        self, document: Document, passages: Sequence[Passage], *, correction: str = "", sketch: bytes = b""
    ) -> None:
        """Takes the document in, in the place of the one at its path. ``sketch`` serves to find near-duplicates."""

    def move(self, path: str, new_path: str, document_id: str) -> None:
        """The file at ``path`` now lies at ``new_path``: its document and passages get the new names, nothing is read again."""

    def remove(self, path: str) -> None: ...

    def summaries(self) -> list[DocumentSummary]:
        """Every document without its text, by path."""

    def sketches(self) -> dict[str, bytes]:
        """document id → the sketch that it was put with."""

    def put_duplicates(self, duplicates: Sequence[Duplicate]) -> None:
        """Takes the place of all that were put before."""

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


@runtime_checkable
class Verifier(Reader, Protocol):
    """A reader that can also judge one stretch, at a fraction of what reading costs."""

    @property
    def most_passages(self) -> int:
        """How many of the passages given are read; the others come back empty."""

    def judge(self, question: Question, passage: Passage, place: tuple[int, int]) -> Reading:
        """What is around the half-open ``place`` of the passage's text, judged alone: no relevance, no spans."""

    def judge_again(self, question: Question, passage: Passage, place: tuple[int, int]) -> Reading:
        """The same by a second network, which was trained apart and errs elsewhere."""


@runtime_checkable
class TimedReader(Reader, Protocol):
    """A reader that can stop in between."""

    def read_until(self, question: Question, passages: Sequence[Passage], deadline: float) -> PartialReading:
        """As :meth:`read`, but begins nothing after ``deadline`` (``time.monotonic()``, seconds)."""


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


class RejectedProposals(Protocol):
    """Proposed evaluation questions that a person did not want, by their words. Raises :class:`qa.errors.WorkspaceError`."""

    def questions(self) -> frozenset[str]: ...

    def reject(self, question: str) -> None:
        """Never propose it again; rejecting it twice is once."""

    def forget_all(self) -> int:
        """Propose them all again; returns how many there were."""


class DraftStore(Protocol):
    """引用夹: named drafts with a journal, so that every change can be undone, also after a restart.

    Every call is one transaction; threads, processes and browsers may share the drafts. Raises
    :class:`qa.errors.WorkspaceError` when they cannot be read or kept, :class:`qa.errors.NotFoundError` for a draft that is not
    there or was deleted.
    """

    def list(self, *, deleted: bool = False) -> tuple[DraftSummary, ...]:
        """The drafts, the last changed first; with ``deleted`` those that were deleted and can be restored."""

    def draft(self, id: int) -> Draft: ...

    def make(self, name: str, style: str, *, token: str = "") -> Draft:
        """A new draft. A ``token`` that was used before returns what it made then.

        Raises :class:`qa.errors.ConflictError` when a draft has this name, :class:`qa.errors.UsageError` when there are too many.
        """

    def change(self, id: int, label: str, edit: Callable[[Draft], Draft], *, token: str = "") -> Draft:
        """Puts ``edit`` of the present draft in its place, and into the journal as ``label``; returns it as it is kept.

        ``edit`` is called inside the transaction: what it raises leaves the draft as it was. A change that changes nothing is
        not noted; a ``token`` that was used before changes nothing. What had been undone can no longer be done again.
        """

    def undo(self, id: int, number: int | None = None) -> Draft:
        """Takes the newest change back. With ``number``, only when that is the newest one, else
        :class:`qa.errors.ConflictError`; :class:`qa.errors.UsageError` when there is nothing to undo.
        """

    def redo(self, id: int, number: int | None = None) -> Draft:
        """Does the change again that was undone last; otherwise as :meth:`undo`."""

    def delete(self, id: int) -> None:
        """Puts a draft away; deleting it again does nothing."""

    def restore(self, id: int) -> None:
        """Brings a deleted draft back. Raises :class:`qa.errors.ConflictError` when its name was given to another."""


class Accounts(Protocol):
    """Who may sign in, and who is signed in. Passwords are kept as argon2id hashes, sessions as SHA-256 of their token.

    Threads and processes may share them. Raises :class:`qa.errors.WorkspaceError` when they cannot be read or kept.
    """

    def any(self) -> bool:
        """Whether there is an account at all; without one nobody is asked to sign in on this machine."""

    def list(self) -> tuple[Account, ...]:
        """The accounts by name."""

    def add(self, name: str, role: Role, password: str) -> Account:
        """Raises :class:`qa.errors.UsageError` for a name or password that will not do, :class:`qa.errors.ConflictError` for
        a name that is taken (compared without regard to width and case)."""

    def remove(self, name: str) -> None:
        """Ends the account's sessions too. Raises :class:`qa.errors.NotFoundError`; :class:`qa.errors.ConflictError` for the
        last 管理员 while there are other accounts."""

    def set_password(self, name: str, password: str) -> None:
        """Ends the account's sessions. Raises :class:`qa.errors.NotFoundError`, :class:`qa.errors.UsageError`."""

    def verified(self, name: str, password: str) -> Account | None:
        """The account, if the password is its own; an unknown name takes as long as a wrong password."""

    def open_session(self, account: Account) -> str:
        """A new session's token, 256 random bits; it ends by itself."""

    def of_session(self, token: str) -> Account | None:
        """Whose session this is; ``None`` for one that has ended or never was."""

    def close_session(self, token: str) -> None:
        """Ends one; that it has ended already is fine."""


class AuditLog(Protocol):
    """Who changed the library, and who signed in. Only ever added to."""

    def add(self, entry: AuditEntry) -> None:
        """Raises :class:`qa.errors.WorkspaceError` when it cannot be written."""

    def latest(self, limit: int) -> tuple[AuditEntry, ...]:
        """The last entries, newest first; lines that cannot be read are left out. Raises :class:`qa.errors.WorkspaceError`."""
