"""A question that somebody asked becomes one of an evaluation set: the person names the answer and the passages that hold it,
the quotes are cut from the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.errors import UsageError
from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence, QuestionType
from qa.evaluation.figures import same_figures
from qa.records import Passage
from qa.text.normalise import comparable
from qa.text.sentences import sentences

LONGEST_ANSWER_CHARS = 300
_ONE_A_LINE = re.compile(r"[\r\n]+")


def answers_in(written: str) -> tuple[str, ...]:
    """The answers that a person wrote, one a line, each once."""
    return tuple(dict.fromkeys(line.strip() for line in _ONE_A_LINE.split(written) if line.strip()))


def picked_question(
    asked: str, type: QuestionType, answers: Sequence[str], passages: Sequence[Passage], paths: Mapping[str, str]
) -> EvaluationQuestion:
    """The question with its evidence, not numbered yet; ``paths``: document id → path in the corpus.

    Raises :class:`UsageError` when an answer does not stand in the passages, a passage holds none, or the parts do not fit one
    another.
    """
    question = " ".join(asked.split())
    if not comparable(question):
        raise UsageError("问题是空的", hint="写一句要问的话")
    if type is QuestionType.UNANSWERABLE:
        if answers or passages:
            raise UsageError("应拒答的题不写答案，也不选依据", hint="清空答案和依据，或改选别的类型")
        return EvaluationQuestion("", question, type)
    _check(answers, passages)
    evidence = tuple(Evidence(paths[each.document_id], quote_of(each, answers)) for each in passages)
    _check_held(type, answers, [each.quote for each in evidence])
    section = passages[0].section or None
    return EvaluationQuestion("", question, type, tuple(answers), evidence, type is QuestionType.LIST, section)


def quote_of(passage: Passage, answers: Sequence[str]) -> str:
    """The words of the passage from the first sentence that holds an answer to the last one that does.

    Where an answer runs over a sentence's end, the whole passage. Raises :class:`UsageError` when it holds none.
    """
    found = [
        (start, end)
        for start, end in sentences(passage.text)
        if any(_holds(passage.text[start:end], answer) for answer in answers)
    ]
    if found:
        return passage.text[found[0][0] : found[-1][1]]
    if any(_holds(passage.text, answer) for answer in answers):
        return passage.text
    raise UsageError(
        f"所选段落里没有答案：{passage.text[:30]}……",
        reason=f"答案写的是“{'”“'.join(answers)}”",
        hint="照原文改答案，或不选这一段",
    )


def _check(answers: Sequence[str], passages: Sequence[Passage]) -> None:
    if not answers:
        raise UsageError("没有写答案", hint="照原文写答案，一行一个；资料里确实没有的，类型选“应拒答”")
    for answer in answers:
        if not comparable(answer) or len(answer) > LONGEST_ANSWER_CHARS:
            raise UsageError(
                f"答案不合用：{answer[:30]}", reason=f"应有文字，最多 {LONGEST_ANSWER_CHARS} 字", hint="照原文改答案"
            )
    if not passages:
        raise UsageError("没有选依据", hint="勾选写着答案的段落")


def _check_held(type: QuestionType, answers: Sequence[str], quotes: Sequence[str]) -> None:
    for answer in answers:
        if not any(_holds(quote, answer) for quote in quotes):
            what = "每一项" if type is QuestionType.LIST else "每一种写法"
            raise UsageError(
                f"答案“{answer}”不在所选段落里",
                reason=f"{what}都要能在依据中找到",
                hint="照原文改答案，或加选写着它的段落",
            )


def _holds(text: str, answer: str) -> bool:
    return comparable(answer) in comparable(text) and same_figures(text, answer)
