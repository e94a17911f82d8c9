from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.evaluation.evaluation_set import QuestionType, require_documents
from qa.evaluation.lint import FindingKind, lint
from qa.evaluation.propose import Proposal, propose
from qa.evaluation.propose.swaps import Swap, swaps
from qa.evaluation.runner import Collection
from qa.reading import passages_of, read_document
from qa.records import Document

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="module")
def read() -> Collection:
    documents = [read_document(path, CORPUS) for path in sorted(CORPUS.glob("*.txt"))]
    return of(*documents)


def of(*documents: Document) -> Collection:
    return Collection(documents, {document.id: passages_of(document) for document in documents})


@pytest.fixture(scope="module")
def proposals(read: Collection) -> list[Proposal]:
    return propose(read)


def test_there_are_many_of_every_kind(proposals: list[Proposal]) -> None:
    rules = [proposal.rule for proposal in proposals]
    assert len(proposals) >= 60
    for rule, least in (
        ("figure", 20),
        ("day", 2),
        ("person", 3),
        ("list", 2),
        ("period", 5),
        ("region", 5),
        ("subject", 1),
    ):
        assert rules.count(rule) >= least, rule


def test_every_proposal_passes_the_linter(proposals: list[Proposal], read: Collection) -> None:
    questions = [proposal.question for proposal in proposals]
    require_documents(questions, [document.path for document in read.documents])
    findings = [each for each in lint(questions, read.documents) if each.kind is not FindingKind.AMBIGUOUS]
    assert findings == []


def test_figures_keep_unit_and_qualifier(proposals: list[Proposal]) -> None:
    by_question = {proposal.question.question: proposal.question for proposal in proposals}
    varieties = by_question["2020年引进新品种多少个？"]
    assert varieties.answers == ("556个",)
    assert varieties.type is QuestionType.FACT_NUMBER
    assert varieties.evidence[0].doc == "科技简报-2021年第1期.txt"
    assert "引进新品种556个" in varieties.evidence[0].quote
    assert by_question["2020年服务农牧民多少万户？"].answers == ("3万户", "近3万户")


def test_lists_have_as_many_items_as_the_text_counts(proposals: list[Proposal]) -> None:
    lists = [proposal.question for proposal in proposals if proposal.rule == "list"]
    kinds = next(each for each in lists if "5个类型" in each.question)
    assert kinds.list
    assert len(kinds.answers) == 5
    assert kinds.answers[0] == "重大科技专项"
    assert kinds.answers[-1] == "科技合作项目"


def test_people_are_asked_for_by_their_office(proposals: list[Proposal]) -> None:
    people = {p.question.question: p.question.answers for p in proposals if p.rule == "person"}
    assert people["内蒙古自治区科学技术厅厅长是谁？"] == ("孙俊青",)


def test_unanswerable_questions_name_what_the_corpus_lacks(proposals: list[Proposal], read: Collection) -> None:
    corpus = "\n".join(document.text for document in read.documents)
    swapped = [proposal for proposal in proposals if proposal.question.type is QuestionType.UNANSWERABLE]
    for proposal in swapped:
        assert not proposal.question.answerable
        assert proposal.question.evidence == ()
        assert proposal.question.note is not None
        assert proposal.question.note.startswith(f"{proposal.rule}: 由“")
        if proposal.rule == "period":
            years = [year for year in range(1990, 2040) if str(year) in proposal.question.question]
            assert any(str(year) not in corpus for year in years)


def test_proposals_are_deterministic_unique_and_mixed(proposals: list[Proposal], read: Collection) -> None:
    assert propose(read) == proposals
    asked = [proposal.question.question for proposal in proposals]
    assert len(set(asked)) == len(asked)
    assert len({p.question.evidence[0].doc for p in proposals[:8] if p.question.evidence}) >= 4


def test_what_is_asked_already_is_not_proposed_again(proposals: list[Proposal], read: Collection) -> None:
    existing = [proposal.question for proposal in proposals[:10]]
    assert propose(read, existing) == proposals[10:]


@pytest.mark.parametrize(
    "text",
    [
        "我市坚持“四个面向”不动摇。",  # a set phrase, not a figure
        "会议选出第3名优秀代表出席活动。",  # a rank
        "全市开展为期三年行动。",
    ],
)
def test_set_phrases_and_ranks_are_no_figures(text: str) -> None:
    assert [p for p in propose(of(_document(text))) if p.rule == "figure"] == []


def _document(text: str) -> Document:
    from qa.records import Block, BlockRole

    return Document("d", "d.txt", "0" * 64, text, blocks=(Block(BlockRole.BODY, 0, len(text)),))


def test_two_figures_in_one_clause_are_left_alone() -> None:
    document = _document("全市企业由132家增长到330家左右的水平。")
    assert [p for p in propose(of(document)) if p.rule == "figure"] == []


def test_swaps_change_one_thing_each() -> None:
    corpus = "2020年和2019年，鄂尔多斯市科技局"
    assert list(swaps("2020年鄂尔多斯市科技局办了几次会？", corpus, ["鄂尔多斯市"])) == [
        Swap("2021年鄂尔多斯市科技局办了几次会？", "period"),
        Swap("2020年" + _town("2020年鄂尔多斯市科技局办了几次会？") + "科技局办了几次会？", "region"),
        Swap("2020年鄂尔多斯市体育局办了几次会？", "subject"),
    ]
    assert list(swaps("引进了多少品种？", corpus)) == []


def _town(question: str) -> str:
    from qa.evaluation.propose.swaps import _PLACES

    return _PLACES[sum(map(ord, question)) % len(_PLACES)]


def test_nothing_is_swapped_for_what_the_corpus_speaks_of() -> None:
    everything = "".join(f"{year}年" for year in range(2005, 2040)) + "体育局"
    assert [swap.kind for swap in swaps("2020年科技局办了几次会？", everything)] == []


def test_few_documents_may_be_asked_about_and_absence_is_judged_by_all(
    read: Collection, proposals: list[Proposal]
) -> None:
    some = propose(read, most_documents=3)
    documents = read.documents
    asked = {evidence.doc for each in some for evidence in each.question.evidence}
    assert asked <= {documents[number * len(documents) // 3].path for number in range(3)}
    assert len(asked) >= 2
    corpus = "\n".join(document.text for document in documents)
    swapped = [each.question.question for each in some if each.rule == "period"]
    assert swapped
    for question in swapped:
        assert any(year not in corpus for year in re.findall(r"\d{4}(?=\s*年)", question)), question
    assert propose(read, most_documents=99) == proposals
