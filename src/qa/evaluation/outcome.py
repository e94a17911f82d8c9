"""What became of one question in a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.evaluation.evaluation_set import EvaluationQuestion


class LostStage(StrEnum):
    """Where an answer was lost, in the order a question travels; the first that applies."""

    CORPUS = "corpus"  # the quote does not stand in the corpus (any more)
    SPLIT = "split"  # no single passage counts as the evidence
    RETRIEVAL = "retrieval"  # no evidence among the passages returned
    RANKING = "ranking"  # evidence returned below rank 1, and the answer taken from elsewhere
    REFUSAL = "refusal"  # evidence returned, but no answer given
    READING = "reading"  # the answer was sought in the evidence and is wrong
    FIGURE = "figure"  # equal by the contract's comparison, but for a decimal point, a percent sign or more digits
    ANSWERED = "answered"  # the corpus does not hold it, yet something was answered
    ERROR = "error"  # the question could not be asked


STAGE_NAMES = {
    LostStage.CORPUS: "依据不在资料中",
    LostStage.SPLIT: "依据被切散",
    LostStage.RETRIEVAL: "依据未召回",
    LostStage.RANKING: "依据排位靠后，答案取自别处",
    LostStage.REFUSAL: "有依据而拒答",
    LostStage.READING: "答案抽取有误",
    LostStage.FIGURE: "数字有出入（小数点、百分号或位数）",
    LostStage.ANSWERED: "应拒答而作答",
    LostStage.ERROR: "未能提问",
}


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """One line of the ranking: enough for a TREC run and for a reader of the report."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """One question, what was found and answered, and how that was judged.

    ``ranks`` holds for each evidence of the question the rank of the first passage that counts as it. ``exact``,
    ``f1`` and ``contains`` are 0 when nothing was answered. ``cited``: the answer stands in a passage that counts as
    the evidence. ``error`` holds the message when the question could not be asked; such a question counts as not
    answered and not refused.
    """

    question: EvaluationQuestion
    ranks: tuple[int | None, ...]
    retrieved: tuple[RetrievedPassage, ...]
    abstained: bool
    answer: str
    answer_passage: str  # passage id, empty when nothing was answered
    reason: str
    confidence: float
    exact: float
    f1: float
    contains: float
    cited: float
    latency_ms: float
    lost: LostStage | None
    error: str = ""

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def answered(self) -> bool:
        return not self.abstained and not self.error

    @property
    def right(self) -> bool:
        """An answerable question whose answer holds the gold, or an unanswerable one that was refused."""
        return self.contains > 0 if self.question.answerable else self.abstained and not self.error

    @property
    def best_rank(self) -> int | None:
        """The best rank of any evidence."""
        return min((rank for rank in self.ranks if rank is not None), default=None)
