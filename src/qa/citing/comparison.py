"""What one passage says to one claim."""

from __future__ import annotations

from collections.abc import Sequence

from qa.citing.context import Weight, share
from qa.citing.date_check import DateCheck
from qa.citing.difference import edits
from qa.citing.figure_check import FigureCheck
from qa.citing.finding import Difference, DifferenceKind
from qa.citing.ledger import Comparison, Ledger, Titles
from qa.citing.marked_text import MarkedText, pairs
from qa.citing.name_check import NameCheck
from qa.citing.person_check import PersonCheck
from qa.citing.source import Source
from qa.citing.subject import told_shares, untold_nouns
from qa.records import BlockRole
from qa.text.normalise import comparable

NEAR_VERBATIM = 0.7
"""A claim this close to a sentence follows it word by word: what the sentence has in a name's place is its name."""
CLOSE = 0.5
"""A claim this close speaks of the same thing: a figure that looks like a slip of the pen is one."""
_MAX_EVIDENCE = 3


def compare_with(draft: MarkedText, source: Source, weight: Weight, titles: Titles) -> Comparison:
    """What the passage says to the claim ``draft``; ``weight`` and ``titles`` know the whole corpus."""
    ledger = Ledger(draft, source, weight, titles)
    dates = DateCheck(ledger)
    figures = FigureCheck(ledger, dates)
    figures.run()
    dates.run()
    names = NameCheck(ledger)
    names.run()
    PersonCheck(ledger).run()
    outcome = ledger.outcome
    outcome.closeness = _closeness(draft, source, outcome.differences, weight)
    if outcome.closeness >= CLOSE:
        figures.near_misses()
        names.only_of_its_kind()
    if outcome.closeness >= NEAR_VERBATIM:
        _fill_in(ledger)
        _turned_round(ledger)
    outcome.coverage, outcome.aligned_coverage = _coverage(draft, source, outcome.differences)
    outcome.untold = untold_nouns(ledger)
    outcome.least_clause, outcome.statement = told_shares(ledger)
    if not outcome.evidence:
        outcome.evidence.append(ledger.sentence_for((0, len(draft.text)))[0])
    outcome.evidence = sorted(set(outcome.evidence))[:_MAX_EVIDENCE]
    return outcome


def _fill_in(ledger: Ledger) -> None:
    """Turns missing names into differences where the claim follows a sentence of the passage word by word."""
    text = ledger.source.text
    start, end = ledger.sentence_for((0, len(ledger.draft.text)))[0]
    changes = edits(ledger.draft.text, text.text[start:end])
    for missing in list(ledger.outcome.missing):
        if missing.what not in (DifferenceKind.NAME, DifferenceKind.ORGANISATION):
            continue
        for change in changes:
            replaced = change.b_start < change.b_end and change.b_end - change.b_start <= 3 * (
                missing.end - missing.start
            )
            if replaced and change.a_start < missing.end and missing.start < change.a_end:
                theirs = (start + change.b_start, start + change.b_end)
                ledger.differ((missing.start, missing.end), theirs, missing.what)
                ledger.outcome.missing.remove(missing)
                break


def _turned_round(ledger: Ledger) -> None:
    """Takes down 不高于 for 不低于, 下降 for 增长, and 不 put in or left out, in a claim that follows a sentence."""
    text, draft = ledger.source.text, ledger.draft.text
    start, end = ledger.sentence_for((0, len(draft)))[0]
    for edit in edits(draft, text.text[start:end]):
        ours = (max(0, edit.a_start - 1), min(len(draft), edit.a_end + 1))
        theirs = (max(start, start + edit.b_start - 1), min(end, start + edit.b_end + 1))
        for one, other in _OPPOSITES:
            for word, opposite in ((one, other), (other, one)):
                at, there = draft.find(word, *ours), text.text.find(opposite, *theirs)
                if at >= 0 and there >= 0:
                    ledger.differ((at, at + len(word)), (there, there + len(opposite)), DifferenceKind.WORDING)
        words = draft[edit.a_start : edit.a_end], text.text[start + edit.b_start : start + edit.b_end]
        if "" in words and "".join(words) in _NEGATIONS:
            # The side without the word shows the character after its place.
            mine = (edit.a_start, max(edit.a_end, edit.a_start + 1))
            its = (start + edit.b_start, start + max(edit.b_end, edit.b_start + 1))
            ledger.differ(mine, its, DifferenceKind.WORDING)


_OPPOSITES = (
    ("高于", "低于"),
    ("大于", "小于"),
    ("多于", "少于"),
    ("超过", "不到"),
    ("最高", "最低"),
    ("增长", "下降"),
    ("增长", "减少"),
    ("增加", "减少"),
    ("上升", "下降"),
    ("提高", "降低"),
    ("扩大", "缩小"),
    ("加快", "放缓"),
)
_NEGATIONS = frozenset("不 未 没 无 非 没有 不得 不能 尚未 并未".split())


def _closeness(draft: MarkedText, source: Source, differences: Sequence[Difference], weight: Weight) -> float:
    """The share of the claim's neighbouring characters, differing words aside, that two sentences in a row hold."""
    kept, position = [], 0
    for difference in sorted(differences, key=lambda d: d.start):
        kept.append(draft.text[position : difference.start])
        position = max(position, difference.end)
    said = pairs("\n".join([*kept, draft.text[position:]]))
    if source.passage.role is not BlockRole.BODY:
        return share(said, source.pairs, weight)  # short lines: 编辑, 审核, 共印20份
    held = [source.text.pairs_of(sentence) for sentence in source.text.sentences] or [frozenset()]
    following = [*held[1:], frozenset()]
    if draft.document_numbers:
        # The claim speaks of the document itself: its title and number stand above the passage.
        following = [frozenset(pairs(source.above.text))] * len(held)
    return max(share(said, a | b, weight) for a, b in zip(held, following, strict=True))


def _coverage(draft: MarkedText, source: Source, differences: Sequence[Difference]) -> tuple[float, float]:
    """Shares of the content words that the passage or what stands above it holds: of all, of those that agree."""
    total = found = aligned_total = aligned_found = 0.0
    for word in draft.content_words:
        value, written = float(len(word.text)), comparable(word.text)
        whole = written in source.compared or written in source.above_compared
        part = 1.0 if whole else 0.5 * share(draft.pairs_of((word.start, word.end)), source.pairs, lambda pair: 1.0)
        total, found = total + value, found + value * part
        if not any(d.start <= word.start < d.end for d in differences):
            aligned_total, aligned_found = aligned_total + value, aligned_found + value * part
    return found / total if total else 0.0, aligned_found / aligned_total if aligned_total else 0.0
