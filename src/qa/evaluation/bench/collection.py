"""Several benchmarks as one collection: the right paragraph has to be found among those of all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.errors import UsageError
from qa.evaluation.bench.benchmarks import BENCHMARKS, Benchmark
from qa.evaluation.bench.squad_file import Paragraph, read_squad_file
from qa.evaluation.evaluation_set import Evidence
from qa.evaluation.measures.measure import Measure, Row
from qa.evaluation.outcome import QuestionOutcome

NAME = "collection"
PARAGRAPH_CUTOFFS = (1, 10)


@dataclass(frozen=True, slots=True)
class Member:
    """A part of a benchmark in the collection. ``asked``: its questions are asked the whole way too; else only searched for,
    as where the reader was trained on them.
    """

    benchmark: str
    part: str
    asked: bool


MEMBERS = (Member("cmrc2018", "dev", True), Member("cmrc2018", "trial", True), Member("drcd", "dev", False))
COLLECTION = Benchmark(
    NAME,
    "CMRC 2018 与 DRCD 合为一个资料库",
    {"、".join(f"{each.benchmark}/{each.part}" for each in MEMBERS): ()},
    "；".join(dict.fromkeys(BENCHMARKS[each.benchmark].home for each in MEMBERS)),
    "；".join(dict.fromkeys(BENCHMARKS[each.benchmark].licence for each in MEMBERS)),
    (),
)


def find_members(folder: Path) -> dict[Member, Path]:
    """The members' files, each in the folder of its benchmark (``cmrc2018/dev.json``) or beside the others under its full
    name (``cmrc2018_dev.json``). Raises :class:`UsageError` naming what is missing and where to download it.
    """
    found = {}
    for member in MEMBERS:
        benchmark = BENCHMARKS[member.benchmark]
        inside = [folder / benchmark.name / name for name in benchmark.parts[member.part]]
        beside = [folder / name for name in benchmark.parts[member.part] if name != f"{member.part}.json"]
        path = next((path for path in (*inside, *beside) if path.is_file()), None)
        if path is None:
            raise UsageError(
                f"{folder} 里没有 {benchmark.title} 的数据（{member.part}）",
                reason=f"找过 {'、'.join(path.relative_to(folder).as_posix() for path in (*inside, *beside))}",
                hint=f"从 {benchmark.home} 下载（{benchmark.licence}），放进该文件夹",
            )
        found[member] = path
    return found


def read_collection(files: Mapping[Member, Path], limit: int | None = None) -> dict[Member, list[Paragraph]]:
    """The paragraphs of every member (the first ``limit`` of each), under paths and question ids that tell the members apart.

    Raises :class:`UsageError` when a file is of another form.
    """
    return {member: [_placed(member, each) for each in read_squad_file(file, limit)] for member, file in files.items()}


def hash_of(files: Sequence[Path]) -> str:
    """SHA-256 over the files' own, in order; one file's is its own."""
    sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return sums[0] if len(sums) == 1 else hashlib.sha256("\n".join(sums).encode()).hexdigest()


def paragraph_measures(paths: Mapping[str, str]) -> tuple[Measure, ...]:
    """R@k of the right *paragraph*: whether any of the first k passages is of the gold paragraph, whichever part of it.

    ``paths``: document id → path in the corpus. It is what retrieval papers report; Success@k asks for the passage with the
    evidence itself.
    """

    def found(outcome: QuestionOutcome, k: int) -> Row | None:
        gold = {each.doc for each in outcome.question.evidence}
        first = (paths.get(each.passage_id.rpartition(":")[0]) for each in outcome.retrieved[:k])
        return (float(any(path in gold for path in first)),) if gold else None

    def at(k: int) -> Measure:
        return Measure(f"paragraph@{k}", f"段落 R@{k}", lambda outcome: found(outcome, k))

    return tuple(map(at, PARAGRAPH_CUTOFFS))


def _placed(member: Member, paragraph: Paragraph) -> Paragraph:
    prefix = f"{member.benchmark}-{member.part}"
    path = f"{prefix}-{paragraph.path}"
    questions = tuple(
        replace(
            each,
            id=f"{prefix}:{each.id}",
            evidence=tuple(Evidence(path, evidence.quote) for evidence in each.evidence),
        )
        for each in paragraph.questions
    )
    return replace(paragraph, path=path, questions=questions)
