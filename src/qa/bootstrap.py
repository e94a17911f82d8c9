"""The only place that turns settings into adapters."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Collection
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from qa.assistant import Assistant, Snapshot
from qa.errors import IndexDamagedError, IndexMissingError, IndexModelError, IndexOutdatedError, ModelError, QaError
from qa.indexing.build import BuildEvent, BuildReport, Notify, build
from qa.indexing.plan import HashFile, differences, plan
from qa.indexing.scan import DICTIONARY
from qa.records import Filters
from qa.search.aliases import KNOWN, Aliases, stated_aliases
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.adapters.analyzer import JiebaAnalyzer
    from qa.adapters.backup import BackupReport, Places
    from qa.adapters.generations import Generations, Recipe
    from qa.adapters.milvus.store import MilvusStore
    from qa.adapters.span_reader import SpanReader
    from qa.adapters.sqlite.library import SqliteLibrary
    from qa.models.folder import ModelFolder
    from qa.ports import (
        Accounts,
        AuditLog,
        DraftStore,
        Embedder,
        FeedbackStore,
        KnownFile,
        QuestionHistory,
        Reader,
        RejectedProposals,
        VectorIndex,
    )

_RECALL_SAMPLES = 20  # vectors that qa doctor looks for in two ways
_MOST_STATING = 500  # passages that are looked through for 简称
Status = Callable[[str], None]
"""Told in one Chinese line what is being prepared."""


def open_assistant(settings: Settings) -> Assistant:
    """An assistant over the newest generation; opens it at the first question."""
    from qa.adapters.generations import Generations

    generations = Generations(settings.index)

    def newest() -> str | None:
        folder = generations.newest()
        return folder.name if folder else None

    return Assistant(settings, newest, lambda: open_snapshot(settings))


def open_history(settings: Settings) -> QuestionHistory | None:
    """The questions that were asked, or ``None`` where the setting ``history`` is off."""
    from qa.adapters.workspace.history import SqliteQuestionHistory

    return SqliteQuestionHistory(settings.workspace) if settings.history else None


def open_feedback(settings: Settings) -> FeedbackStore:
    """What people said of answers; the file is made when something is said."""
    from qa.adapters.workspace.feedback import SqliteFeedbackStore

    return SqliteFeedbackStore(settings.workspace)


def open_rejections(settings: Settings) -> RejectedProposals:
    """The proposed evaluation questions that a person did not want; the file is made when one is rejected."""
    from qa.adapters.workspace.rejections import SqliteRejectedProposals

    return SqliteRejectedProposals(settings.workspace)


def open_drafts(settings: Settings) -> DraftStore:
    """The 引用夹; the file is made when the first draft is."""
    from qa.adapters.workspace.drafts import SqliteDraftStore

    return SqliteDraftStore(settings.workspace)


def open_accounts(settings: Settings) -> Accounts:
    """Who may sign in; the file is made with the first account."""
    from qa.adapters.workspace.accounts import SqliteAccounts

    return SqliteAccounts(settings.workspace, session_hours=settings.session_hours)


def open_audit(settings: Settings) -> AuditLog:
    """The audit log; the file is made with its first line."""
    from qa.adapters.workspace.audit import JsonLinesAuditLog

    return JsonLinesAuditLog(settings.workspace)


def open_snapshot(settings: Settings) -> Snapshot:
    """The newest generation, checked and opened. Raises :class:`IndexError_` or :class:`ModelError`."""
    from qa.adapters.generations import Generations

    generations = Generations(settings.index)
    newest = generations.newest()
    if newest is None:
        raise IndexMissingError(
            f"还没有索引：{settings.index}", reason="其中没有建好的索引", hint="运行 qa index 建立索引"
        )
    manifest = generations.check(newest)
    _require_model(manifest.recipe, settings)
    words = _analyzer(settings)
    reader, notes = _reader(settings, words)
    store, vectors = _open_vectors(settings, newest, manifest.recipe)
    return Snapshot(
        name=newest.name,
        store=store,
        vectors=vectors,
        analyzer=words,
        embedder=_embedder(settings.model, settings.cache, settings.threads, settings.embedder),
        reader=reader,
        corpus_hash=manifest.corpus_hash,
        notes=notes,
        aliases=_aliases(settings, store, words),
    )


def index_corpus(
    settings: Settings,
    *,
    rebuild: bool = False,
    reread: Collection[str] | None = (),
    notify: Notify = lambda _: None,
    status: Status = lambda _: None,
) -> BuildReport:
    """Brings the index up to date with the corpus folder; with ``rebuild`` everything is read and embedded anew.

    The files of ``reread`` (paths in the corpus; ``None``: all that could not be read) are read again even if unchanged.

    Nothing is written, and no model loaded, when nothing has changed.
    """
    from qa.adapters.generations import Generations
    from qa.adapters.sqlite.writer import StagingWriter
    from qa.reading import passages_of, read_document

    generations = Generations(settings.index)
    plan(settings.corpus, {})  # a missing corpus folder is named before anything is touched
    with generations.writing():
        status("准备模型……")
        recipe = _recipe(settings)
        if reread is None:
            newest = generations.sound_base()
            reread = [path for path, each in _known(newest).items() if each.status == "failed"] if newest else ()
        damage = _damage(generations)
        if damage is not None:
            status(f"{damage.message}（{damage.reason}），改由完好的部分和资料文件重做……")
        unchanged = None if rebuild or reread or damage else _unchanged(generations, recipe, settings)
        if unchanged:
            return unchanged
        shared = _shared_vectors(settings, notify)
        writer = StagingWriter(generations, recipe, _analyzer(settings), fresh=rebuild, store=shared)
        try:
            embedder = _embedder(settings.model, settings.cache, settings.threads, settings.embedder)
            return build(settings.corpus, writer, embedder, read_document, passages_of, notify, reread=reread)
        finally:
            writer.close()


def _damage(generations: Generations) -> IndexDamagedError | None:
    """What is wrong with the newest generation's files; nothing is made from a damaged one, or its damage would get a new checksum."""
    newest = generations.newest()
    try:
        if newest is not None:
            generations.check(newest)
    except IndexDamagedError as error:
        return error
    return None


def _unchanged(generations: Generations, recipe: Recipe, settings: Settings) -> BuildReport | None:
    """The report of a build that has nothing to do, or ``None``. Raises :class:`IndexModelError` for another model's index."""
    from qa.adapters.generations import read_manifest

    begun = time.monotonic()
    newest = generations.newest()
    if newest is None:
        return None
    published = read_manifest(newest)
    _require_model(published.recipe, settings)
    if published.recipe != recipe:  # of another program version too, whose layout cannot be read
        return None
    if not _vectors_are_placed(settings, newest):
        return None
    known = _known(newest)
    if plan(settings.corpus, known):
        return None
    failed = sum(each.status == "failed" for each in known.values())
    return BuildReport(
        read=0,
        unchanged=len(known) - failed,
        removed=0,
        failed=failed,
        passages=published.passages,
        embedded=0,
        split=0,
        seconds=time.monotonic() - begun,
        generation=None,
    )


def _known(generation: Path) -> dict[str, KnownFile]:
    """What a generation knows; empty for one of an older layout, so that the next build brings it up to date."""
    from qa.adapters.generations import LIBRARY
    from qa.adapters.sqlite.library import SqliteLibrary

    try:
        return SqliteLibrary(generation / LIBRARY).known()
    except IndexOutdatedError:
        return {}


# -------------------------------------------------------------------------------------------------------- vector store


def _shared_vectors(settings: Settings, notify: Notify = lambda _: None) -> MilvusStore | None:
    """Where ``QA_STORE`` says that the vectors are; ``None``: in a file of each generation. Raises :class:`SettingsError`."""
    if not settings.store:
        return None
    from qa.adapters.milvus.address import parse_address
    from qa.adapters.milvus.store import MilvusStore

    return MilvusStore(parse_address(settings.store), lambda done, total: notify(BuildEvent("store", done, total)))


def _open_vectors(settings: Settings, generation: Path, recipe: Recipe) -> tuple[SqliteLibrary, VectorIndex]:
    """The library and the vectors of a generation whose checksums were compared."""
    from qa.adapters.faiss_index import FaissIndex
    from qa.adapters.generations import LIBRARY, VECTORS
    from qa.adapters.milvus.generation_record import RECORD
    from qa.adapters.sqlite.library import SqliteLibrary

    shared = _shared_vectors(settings)
    if shared is not None:
        return shared.open(generation, recipe)
    if (generation / RECORD).exists():
        raise IndexOutdatedError(
            "索引的向量在 Milvus 里，而 QA_STORE 没有设",
            reason=f"{settings.index} 是在 QA_STORE 之下建立的",
            hint="设好 QA_STORE 再运行；或运行 qa index 把向量存回本机（不重新计算）",
        )
    return SqliteLibrary(generation / LIBRARY), FaissIndex.load(generation / VECTORS)


def _vectors_are_placed(settings: Settings, generation: Path) -> bool:
    """Whether the generation's vectors are where ``QA_STORE`` says. Raises :class:`qa.errors.StoreError`."""
    from qa.adapters.milvus.generation_record import RECORD

    shared = _shared_vectors(settings)
    return shared.holds(generation) if shared else not (generation / RECORD).exists()


# ------------------------------------------------------------------------------------------------------------- adapters


@lru_cache(maxsize=4)
def _model(name: str, cache: Path) -> ModelFolder:
    from qa.models.resolve import resolve_model

    return resolve_model(name or None, cache)


@lru_cache(maxsize=1)
def _embedder(name: str, cache: Path, threads: int, kind: str) -> Embedder:
    """The model on onnxruntime in 8 bits where it is a BERT encoder and onnxruntime is there, else as sentence-transformers runs it,
    on torch."""
    folder = _model(name, cache)
    if kind != "torch" and find_spec("onnxruntime") is not None:
        from qa.adapters.onnx_embedder import OnnxEmbedder
        from qa.models.encoder import int8_encoder

        files = int8_encoder(folder, cache)
        if files is not None:
            return OnnxEmbedder(folder, files, threads=threads)
    from qa.adapters.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(folder, threads=threads)


def _analyzer(settings: Settings) -> JiebaAnalyzer:
    from qa.adapters.analyzer import read_user_words

    return _analyzer_with(tuple(read_user_words(settings.corpus / DICTIONARY)))


@lru_cache(maxsize=1)
def _analyzer_with(user_words: tuple[str, ...]) -> JiebaAnalyzer:
    """Kept from one generation to the next: each analyzer holds a dictionary of some 30 MB."""
    from qa.adapters.analyzer import JiebaAnalyzer

    return JiebaAnalyzer(user_words)


def _aliases(settings: Settings, store: SqliteLibrary, words: JiebaAnalyzer) -> Aliases:
    """Names of state, of the user's dictionary, and those that passages with the word 简称 state."""
    from qa.adapters.analyzer import read_aliases

    stating = store.passages(key for key, _ in store.search(["简称"], _MOST_STATING, Filters()))
    stated = stated_aliases(stating[key].text for key in sorted(stating))
    own = read_aliases(settings.corpus / DICTIONARY)
    return Aliases(tuple(dict.fromkeys((words.fold(a), words.fold(b)) for a, b in (*KNOWN, *own, *stated))))


def _reader(settings: Settings, words: JiebaAnalyzer) -> tuple[Reader, tuple[str, ...]]:
    """The trained reader, or the rules and a note that says why."""
    from qa.answering.rule_reader import RuleReader

    if settings.reader != "trained":
        return RuleReader(words), ()
    try:
        return _span_reader(settings.threads, settings.reader_top), ()
    except ModelError as error:
        return RuleReader(words), (f"训练的阅读模型不可用，改按规则作答：{error}",)


@lru_cache(maxsize=1)
def _span_reader(threads: int, most_passages: int) -> SpanReader:
    """Kept from one generation to the next: a network of its own for each would cost some 70 MB while both are open."""
    from qa.adapters.span_reader import SpanReader

    return SpanReader(threads=threads, most_passages=most_passages)


def _recipe(settings: Settings) -> Recipe:
    from qa.adapters.generations import Recipe
    from qa.reading import READING_VERSION

    folder = _model(settings.model, settings.cache)
    return Recipe(folder.name, folder.fingerprint, _analyzer(settings).fingerprint, READING_VERSION)


def _require_model(recipe: Recipe, settings: Settings) -> None:
    folder = _model(settings.model, settings.cache)
    if folder.fingerprint != recipe.model_fingerprint:
        named = f"QA_MODEL={settings.model} " if settings.model else ""
        raise IndexModelError(
            f"索引是用另一个模型（{recipe.model}）建立的",
            reason=f"现在设定的模型是 {folder.name}，两者的向量不能混用",
            hint=f"运行 {named}qa index --rebuild --index {settings.index} 重建，或改回原来的模型",
        )


# -------------------------------------------------------------------------------------------------------------- backup


def back_up(settings: Settings, target: Path, progress: Callable[[int, int, str], None]) -> BackupReport:
    """Corpus, workspace and newest index → one file. Raises :class:`qa.errors.BackupError`."""
    from qa.adapters import backup

    return backup.back_up(_places(settings), target, progress)


def restore(
    settings: Settings, source: Path, progress: Callable[[int, int, str], None], *, replace: bool = False
) -> BackupReport:
    """A backup → corpus, workspace and index. Raises :class:`qa.errors.BackupError`, :class:`IndexBusyError`."""
    from qa.adapters import backup

    return backup.restore(source, _places(settings), replace=replace, progress=progress)


def _places(settings: Settings) -> Places:
    from qa.adapters.backup import Places

    return Places(settings.corpus, settings.workspace, settings.index)


# ---------------------------------------------------------------------------------------------------------- inspection


def verify_index(settings: Settings) -> list[str]:
    """What is wrong with the index, each in one Chinese line; empty when it is sound and up to date."""
    from qa.adapters.generations import Generations
    from qa.adapters.sqlite.inspection import findings_of

    generations = Generations(settings.index)
    newest = generations.newest()
    if newest is None:
        raise IndexMissingError(f"还没有索引：{settings.index}", hint="运行 qa index 建立索引")
    findings = findings_of(generations, newest, _shared_vectors(settings))
    return findings or differences(settings.corpus, _known(newest))


def pending_changes(settings: Settings, hash_file: HashFile | None = None) -> list[str]:
    """What of the corpus folder is not in the index yet, each in one Chinese line. Raises nothing for a missing index."""
    from qa.adapters.generations import Generations

    newest = Generations(settings.index).newest()
    return differences(settings.corpus, _known(newest) if newest else {}, hash_file)


def repair_index(settings: Settings, notify: Notify = lambda _: None) -> tuple[str, BuildReport]:
    """Makes vectors and words anew from the newest sound library file, without embedding, then brings the index up to date.

    Where no sound library file is left everything is read and embedded anew. Returns the generation that it was made from
    ("" for none), and the report of the update.
    """
    from qa.adapters.generations import Generations
    from qa.adapters.sqlite.inspection import remake

    generations = Generations(settings.index)
    if generations.sound_base() is None:  # then the files of the corpus are the store
        return "", index_corpus(settings, rebuild=True, notify=notify)
    with generations.writing():
        base, _ = remake(generations, _recipe(settings), _analyzer(settings), _shared_vectors(settings, notify))
    return base, index_corpus(settings, notify=notify)


def examine(settings: Settings) -> list[tuple[str, bool, str]]:
    """(what, whether it is fine, detail) for the environment, the model, the index and optional programs."""
    from qa.reading.loaders.office import INSTALL_HINT
    from qa.reading.loaders.office import find_program as find_office

    checks = [("Python", sys.version_info >= (3, 11), sys.version.split()[0])]
    try:
        folder = _model(settings.model, settings.cache)
        folder.verify()
        checks.append(("模型", True, f"{folder.name}（{folder.path}）"))
    except ModelError as error:
        checks.append(("模型", False, str(error)))
    try:
        findings = verify_index(settings)
        checks.append(("索引", not findings, findings[0] if findings else f"{settings.index} 完好"))
    except QaError as error:
        checks.append(("索引", False, str(error)))
    checks.append(_examine_store(settings) if settings.store else _examine_vectors(settings))
    free = shutil.disk_usage(settings.index if settings.index.exists() else Path.cwd()).free
    checks.append(("磁盘", free > 1_000_000_000, f"剩余 {free / 1e9:.1f} GB"))
    checks.append(("资料文件夹", settings.corpus.is_dir(), str(settings.corpus)))
    office = find_office()
    checks.append(("LibreOffice", True, office or f"未安装（可选）：.doc、.wps、.rtf 读不了。{INSTALL_HINT}"))
    return checks


def _examine_vectors(settings: Settings) -> tuple[str, bool, str]:
    from qa.adapters.faiss_index import FaissIndex
    from qa.adapters.generations import VECTORS, Generations
    from qa.adapters.vector_policy import LEAST_RECALL, VectorKind, explanation

    newest = Generations(settings.index).newest()
    if newest is None or not (newest / VECTORS).is_file():
        return "向量检索", True, "还没有索引"
    try:
        index = FaissIndex.load(newest / VECTORS)
    except QaError as error:
        return "向量检索", False, str(error)
    told = explanation(index.kind, len(index))
    if index.kind is not VectorKind.SCANNED:
        return "向量检索", True, told
    recall = index.recall(_RECALL_SAMPLES)
    sound = recall >= LEAST_RECALL
    hint = "" if sound else "。压缩码已不合资料，运行 qa index --rebuild 重建"
    return "向量检索", sound, f"{told}。抽 {_RECALL_SAMPLES} 段实测，前 10 名与逐一精确比较相同 {recall:.1%}{hint}"


def _examine_store(settings: Settings) -> tuple[str, bool, str]:
    from qa.adapters.generations import Generations

    try:
        shared = _shared_vectors(settings)
        return "向量库", True, shared.describe(Generations(settings.index).newest()) if shared else ""
    except QaError as error:
        return "向量库", False, str(error)
