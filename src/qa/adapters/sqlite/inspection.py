"""Is a generation what was written, and do its parts agree? And making vectors and words anew from the library file."""

from __future__ import annotations

from pathlib import Path

from qa.adapters.faiss_index import FaissIndex
from qa.adapters.generations import LIBRARY, REBUILD, VECTORS, Generations, Recipe
from qa.adapters.milvus.store import MilvusStore
from qa.adapters.sqlite.library import SqliteLibrary
from qa.adapters.sqlite.writer import StagingWriter
from qa.errors import IndexDamagedError, IndexError_, QaError
from qa.ports import Analyzer

REPAIR = "运行 qa verify --repair 修复，不必重新计算向量"


def findings_of(generations: Generations, generation: Path, shared: MilvusStore | None = None) -> list[str]:
    """What is wrong with a generation, each in one Chinese line: checksums, quotations, and that words, vectors and passages agree.

    ``shared`` is where the vectors are, if not in a file of the generation.
    """
    try:
        generations.check(generation)
        store = SqliteLibrary(generation / LIBRARY)
        vectors = None if shared else FaissIndex.load(generation / VECTORS)
        found = shared.findings(generation) if shared else []
    except QaError as error:
        repairable = isinstance(error, IndexDamagedError) and generations.sound_base() is not None
        return [f"{error.message}；原因：{error.reason}；下一步：{REPAIR}" if repairable else str(error)]
    keys: set[int] = set()
    for summary in store.summaries():
        text = store.document(summary.id).text
        passages = store.passages_of(summary.id)
        keys |= set(store.keys_of(summary.id))
        found += [
            f"段落 {each.id} 与文档原文不符；{REBUILD}" for each in passages if text[each.start : each.end] != each.text
        ]
    if vectors is not None and vectors.keys() != keys:
        found.append(f"向量 {len(vectors)} 个，段落 {len(keys)} 个，两者不符；{REPAIR}")
    if store.term_keys() != keys:
        found.append(f"词语索引 {len(store.term_keys())} 段，段落 {len(keys)} 个，两者不符；{REPAIR}")
    return found


def remake(
    generations: Generations, recipe: Recipe, analyzer: Analyzer, shared: MilvusStore | None = None
) -> tuple[str, str]:
    """(generation it was made from, new generation): vectors and words made anew from the library file, nothing embedded.

    Call it inside ``generations.writing()``. Raises :class:`IndexError_` when no sound library file is left.
    """
    base = generations.sound_base()
    if base is None:
        raise IndexError_("没有完好的库文件可供修复", reason="各版索引的库文件都已损坏", hint=REBUILD)
    generations.clear_staging()
    writer = StagingWriter(generations, recipe, analyzer, base=base, store=shared)
    try:
        writer.remake_terms()
        return base.name, writer.publish()
    finally:
        writer.close()
