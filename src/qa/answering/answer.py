"""Passages → the answer: candidates from the readers, guarded, weighed, joined to lists, or an honest "not found"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa.answering.confidence import GENERAL, TRAINED
from qa.answering.counted import counted_noun
from qa.answering.gathering import as_share
from qa.answering.guards import Guard, check_doer
from qa.answering.imprints import told_in_its_form
from qa.answering.keywords import asks_for_no_words, asks_whether, is_bare_keywords
from qa.answering.latest import latest_alike, same_words
from qa.answering.looked_up import LookedUp, looked_up
from qa.answering.rule_reader import RuleReader
from qa.answering.several import told_together
from qa.answering.spans import answer_span, items_in, others_beside, with_all_that_is_asked
from qa.answering.support import speaks_of_it
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, views_of
from qa.answering.weighing import Weighed, Weighing, is_official
from qa.answering.zones import stands_behind_its_zone
from qa.ports import Analyzer, Reader, Verifier
from qa.records import AbstainReason, Answer, AnswerKind, AnswerSpan, Hit, Passage, Question, Reading
from qa.text.places import find_places, place_root

READ_TOP = 10  # passages that are read
# Where a candidate of another year or place is ahead of the best sound one by so much (in the logit of the choice), the library speaks
# of the thing asked for, but of another year or place. Dev: every question beyond 3 is one without an answer; clauses overlap and are left.
ELSEWHERE = 3.0
BESIDE_IT = 0.6  # of the refused one's support: with less a sound candidate is another figure of the passage
# Where the rules' best candidate has this confidence and is so far ahead of every other one, no passage is read: on dev that is 65 %
# of the answerable questions, and as many are right as with a stricter one (.867; 0.6: .865). Their answer is judged by itself: on
# bulletins that no rule was made on they are just as sure of one trap in four.
PLAIN, AHEAD = 0.5, 2.0
CONFIRMED = 0.62  # the same confidence after judging or reading, on the scale of those weights
READ_ON_BELOW = 0.5  # an answer on text that is no official document: with less, more passages are read
CONTRADICTED = as_share(-3.0)  # of the verifier's word for the rules' answer: below it the passage is read
EVEN = 0.5  # of the verifier's word for a span: below it rather speaks against it
_NAMED_CHARS = 20  # of a question that is named in a reason
_DONE_BY_ORGANISATIONS = re.compile(
    r"谁(?:家|来|去|给|负责)?(?:提|牵头|主办|承办|出资|出钱|投|建|申报|发|印|组织|实施|开发|研发|生产|起草|写|编|办)|[跟和与同找]谁(?:一起|一道|共同)?(?:谈|合作|签|对接|洽谈|搞|做|干|办|交流)"
)
_BY_NAME = re.compile(r"名单|逐[个一]|一个个|都叫什么|哪\d{1,2}[家所位名]|\d+[家所][^，。？?]{2,12}?叫(?:什么|啥)")
_ELSE = {
    AnswerKind.NAME: AnswerKind.CLAUSE,
    AnswerKind.LIST: AnswerKind.CLAUSE,
    AnswerKind.PERSON: AnswerKind.ORGANISATION,  # 提案是谁提的: 九三学社
}


def answer_from(
    question: Question, hits: Sequence[Hit], reader: Reader, analyzer: Analyzer, threshold: float
) -> tuple[Answer, list[Hit]]:
    """The answer and the hits in their final order. ``threshold`` is the confidence below which it abstains.

    On official documents a trained reader reads only where the rules are not sure by themselves; where they are, its verifier judges
    their answer (docs/decisions/0003).
    """
    best = hits[:READ_TOP]
    passages = [hit.passage for hit in best]
    question = _asked_otherwise(question, passages)
    views = views_of(passages, analyzer)
    if said := asks_for_no_words(question.text, is_official(hits)):
        return Answer(reason=AbstainReason.NO_QUESTION, reason_text=said, reader=reader.name), list(hits)
    if is_bare_keywords(question) and any(speaks_of_it(question, view) for view in views):
        return _nothing_asked(question, reader.name), list(hits)
    weighing = Weighing(question, views, best)
    if cell := told_in_its_form(question, views) or looked_up(question, views):
        return _told_in_a_table(question, weighing, cell, reader.name), _led_by(hits, cell.view)
    weighed = weighing.weighed(None, max(threshold, PLAIN))
    sound = [each for each in weighed if each.is_sound]
    trained = not isinstance(reader, RuleReader)
    plain = is_official(hits) and _is_plain(question, weighed, sound, PLAIN)
    if trained:
        trusted = max(threshold, CONFIRMED)
        confirmed = _confirmed(question, weighing, sound[0], passages, reader, trusted) if plain else None
        weighed = confirmed or _read(
            question, weighing, passages, reader, trusted, threshold, official=is_official(hits)
        )
        sound = [each for each in weighed if each.is_sound]
    unsure = not sound or (question.kind is AnswerKind.PERSON and sound[0].confidence < threshold)
    if unsure and (kind := _else(question)):  # no name, no list: then the words that say it
        asked, question = question, replace(question, kind=kind)
        weighed = Weighing(question, views, best).weighed(reader.read(question, passages) if trained else None)
        weighed = [_held_to_the_doer(asked, each) for each in weighed]
        sound = [each for each in weighed if each.is_sound]
    ranked = _rerank(hits, weighed)
    if sound and (latest := latest_alike(question, sound)) is not sound[0]:
        sound = [latest, *sound]
        ranked = _led_by(ranked, latest.view)
    elsewhere = _told_of_elsewhere(question, weighed, sound)
    sure, denied = (
        _heard_again(question, sound[0], hits, reader, threshold) if sound and not elsewhere else (0.0, False)
    )
    if (elsewhere or not sound or sure < threshold) and (cell := looked_up(question, views, totals=True)):
        return _told_in_a_table(question, weighing, cell, reader.name), _led_by(hits, cell.view)
    if elsewhere:
        return Answer(reason=elsewhere.reason, reason_text=elsewhere.detail, reader=reader.name), ranked
    if not sound or sure < threshold:
        return _not_found(question, views, weighed, sound, reader.name, threshold, denied), ranked
    given = with_all_that_is_asked(question, sound[0]._replace(confidence=sure))
    others = others_beside(sound[0], weighed)
    answer = Answer(
        best=answer_span(given),
        items=items_in(question, given),
        others=others,
        reader=reader.name,
        caution="；".join(filter(None, (_caution(question, sound[0]), _of_several_homes(question, given, others)))),
    )
    return answer, ranked


def _told_in_a_table(question: Question, weighing: Weighing, cell: LookedUp, reader: str) -> Answer:
    """A figure of a table stands without its unit, which whoever copies it has to see."""
    named = weighing.certain(cell.view, cell.place)
    unit = f"表格里的数，单位是“{cell.unit}”，写在表头或表上" if cell.unit else ""
    return Answer(
        best=answer_span(named), reader=reader, caution="；".join(filter(None, (unit, _caution(question, named))))
    )


def _caution(question: Question, best: Weighed) -> str:
    """What to bear in mind before the answer is used; empty where there is nothing."""
    more = "问题里不止一问，这里只答了一问，请分开再问" if len(question.parts) > 1 else ""
    if more and told_together(question, best.view, (best.start, best.end)):
        more = "问题里不止一问，这里连着摘出了几处，请对照原文逐一核对"
    whether = "问的是“是不是”，下面只是有关的原文，并不等于“是”，请自行判断" if asks_whether(question.text) else ""
    return "；".join(filter(None, (Guard(question, best.view).elsewhere, more, whether)))


def _of_several_homes(question: Question, best: Weighed, others: Sequence[AnswerSpan]) -> str:
    """That documents of several places tell it (全市研发经费支出 of two cities) where the question does not say which is meant; else
    empty.
    """
    if any(place.name for place in find_places(question.text)):
        return ""
    homes = list(dict.fromkeys(filter(None, map(_home_of, (best.view.passage, *(each.passage for each in others))))))
    return (
        f"几个地方的资料都有这样的数：{'、'.join(homes)}；这里是{homes[0]}的，请写明要问哪里" if len(homes) > 1 else ""
    )


def _home_of(passage: Passage) -> str:
    """The place whose document it is, bare: by its card, or as its title begins; empty where neither tells."""
    if passage.region:
        return place_root(passage.region)
    first = next(iter(find_places(passage.title)), None)
    return first.name if first is not None and first.start == 0 else ""


def _asked_otherwise(question: Question, passages: Sequence[Passage]) -> Question:
    """With other names for those alone that none of the passages uses: where one does, that one is meant. A figure may still stand in
    another passage under the other name.
    """
    if question.kind is AnswerKind.NUMBER:
        return question
    lacking = [pair for pair in question.names if not any(pair[0] in each.text.lower() for each in passages)]
    return question if len(lacking) == len(question.names) else replace(question, names=tuple(lacking))


def _else(question: Question) -> AnswerKind | None:
    """The kind that is looked for where there is none of the kind asked for; who signs or holds an office is no organisation, and a list
    of names no clause.
    """
    if question.kind is AnswerKind.LIST and _BY_NAME.search(question.text):
        return None
    if question.kind is AnswerKind.PERSON and not _DONE_BY_ORGANISATIONS.search(question.text):
        return None
    return _ELSE.get(question.kind)


def _held_to_the_doer(asked: Question, each: Weighed) -> Weighed:
    """The candidate for another kind of answer, refused where it tells that somebody did something else than ``asked``."""
    verdict = check_doer(asked, each.view, (each.start, each.end)) if each.is_sound else SOUND
    return each._replace(verdict=verdict) if verdict.reason else each


def _is_plain(question: Question, weighed: Sequence[Weighed], sound: Sequence[Weighed], sure: float) -> bool:
    """Whether the best candidate is likely right (confidence ``sure``) and well ahead of every one that says something else."""
    if not sound or sound[0].confidence < sure or _told_of_elsewhere(question, weighed, sound):
        return False
    best = sound[0].view.slice((sound[0].start, sound[0].end))
    for each in sound[1:]:
        words = each.view.slice((each.start, each.end))
        if words not in best and best not in words:
            return sound[0].score - each.score >= AHEAD
    return True


def _confirmed(
    question: Question, weighing: Weighing, best: Weighed, passages: Sequence[Passage], reader: Reader, trusted: float
) -> list[Weighed] | None:
    """The candidates after the rules' ``best`` was judged by itself; ``None`` where that does not confirm it, and passages have to be
    read.
    """
    if not isinstance(reader, Verifier):
        return None
    at = next(number for number, passage in enumerate(passages) if passage.id == best.view.passage.id)
    readings = [Reading(0.0)] * len(passages)
    readings[at] = reader.judge(question, passages[at], (best.start, best.end))
    weighed = weighing.weighed(readings, trusted)
    first = next((each for each in weighed if each.is_sound), None)
    if first is None or first.confidence < CONFIRMED or first.signals.told < CONTRADICTED:
        return None
    same = (first.view.passage.id, first.start, first.end) == (best.view.passage.id, best.start, best.end)
    return weighed if same else None


def _read(
    question: Question,
    weighing: Weighing,
    passages: Sequence[Passage],
    reader: Reader,
    trusted: float,
    threshold: float,
    official: bool,
) -> list[Weighed]:
    """The candidates by what the network reads: of official documents the best passage alone where that leaves no doubt, of others more
    of the best documents where their best passages do not answer.
    """
    if not (isinstance(reader, Verifier) and reader.most_passages > 1 and len(passages) > 1):
        return weighing.weighed(reader.read(question, passages), trusted)
    if not official:
        return _read_on(question, weighing, passages, reader, trusted, threshold)
    readings = reader.read(question, passages[:1]) + [Reading(0.0)] * (len(passages) - 1)
    weighed = weighing.weighed(readings, trusted)
    sound = [each for each in weighed if each.is_sound]
    if sound and sound[0].view.passage.id == passages[0].id and _is_plain(question, weighed, sound, CONFIRMED):
        return weighed
    more = reader.read(question, passages[1 : reader.most_passages])
    return weighing.weighed([*readings[:1], *more, *readings[1 + len(more) :]], trusted)


def _read_on(
    question: Question,
    weighing: Weighing,
    passages: Sequence[Passage],
    reader: Verifier,
    trusted: float,
    threshold: float,
) -> list[Weighed]:
    """The candidates by the best passages; where none is good enough, by as many more of the documents that these are of."""
    readings = reader.read(question, passages)
    weighed = weighing.weighed(readings, trusted)
    if _best(weighed) >= max(threshold, READ_ON_BELOW):
        return weighed
    most = reader.most_passages
    known = {each.document_id for each in passages[:most]}
    more = [at for at in range(most, len(passages)) if passages[at].document_id in known][:most]
    if not more:
        return weighed
    for at, reading in zip(more, reader.read(question, [passages[at] for at in more]), strict=True):
        readings[at] = reading
    return weighing.weighed(readings, trusted)


def _best(weighed: Sequence[Weighed]) -> float:
    """The highest confidence in a sound candidate; 0 where there is none."""
    return max((each.confidence for each in weighed if each.is_sound), default=0.0)


def _heard_again(
    question: Question, best: Weighed, hits: Sequence[Hit], reader: Reader, threshold: float
) -> tuple[float, bool]:
    """The confidence in ``best`` once the second verifier was heard, where that can matter, and whether it speaks against it."""
    word = (TRAINED if is_official(hits) else GENERAL).second
    if word is None or not isinstance(reader, Verifier):
        return best.confidence, False
    unopposed = word.confidence(best.confidence, 0.0)
    if unopposed < threshold:
        return unopposed, False
    place = (best.start, best.end)
    log_odds = reader.judge_again(question, best.view.passage, place).log_odds(*place) or 0.0
    return word.confidence(best.confidence, log_odds), log_odds < 0


def _told_of_elsewhere(question: Question, weighed: Sequence[Weighed], sound: Sequence[Weighed]) -> Verdict | None:
    """Why the best candidate is refused, where it is of another year or place and far ahead of every sound one."""
    if not sound:
        return None
    refused = next(
        (each for each in weighed if each.verdict.reason in (AbstainReason.PERIOD, AbstainReason.REGION)), None
    )
    if refused is None:
        return None
    if any(_is_beside(sound[0], each) and same_words(each, refused) for each in weighed if each is not refused):
        return None  # 人均地区生产总值92215元 of the very year stands beside its 增长7.1%
    if _is_beside(sound[0], refused) and stands_behind_its_zone(question, sound[0].view, sound[0].start):
        return None  # 全市改造3.2万亩，其中松山区0.9万亩
    ahead = refused.score - sound[0].score
    if (
        question.kind is AnswerKind.CLAUSE
    ):  # clauses of one passage overlap; those of an item about another region are told in none else
        apart = refused.view.passage.id != sound[0].view.passage.id and Guard(question, refused.view).is_elsewhere
        return refused.verdict if apart and ahead > ELSEWHERE else None
    beside = sound[0].signals.support < BESIDE_IT * refused.signals.support  # a neighbour of what is asked for
    beside = beside or (_counts_it(question, refused) and not _counts_it(question, sound[0]))
    return refused.verdict if ahead > ELSEWHERE or (beside and ahead > 0) else None


def _is_beside(one: Weighed, other: Weighed) -> bool:
    """Whether the two stand in one sentence."""
    sentence = one.view.sentence_of(one.start, one.end)
    return one.view.passage.id == other.view.passage.id and sentence[0] <= other.start < sentence[1]


def _counts_it(question: Question, each: Weighed) -> bool:
    """Whether the number is told of the very thing that the question counts (新品种556个)."""
    if question.kind is not AnswerKind.NUMBER or len(question.focus) < 2:
        return False
    noun = counted_noun(each.view, (each.start, each.end))
    return len(noun) > 1 and (noun in question.focus or question.focus in noun)


def _rerank(hits: Sequence[Hit], weighed: Sequence[Weighed]) -> list[Hit]:
    """Read passages by retrieval score and their best sound candidate together; the unread ones follow."""
    best: dict[str, float] = {}
    for each in weighed:
        if each.verdict.reason is None:
            best[each.hit.passage.id] = max(best.get(each.hit.passage.id, 0.0), each.confidence)
    read = [
        replace(hit, score=hit.score + best.get(hit.passage.id, 0.0), reader=best.get(hit.passage.id))
        for hit in hits[:READ_TOP]
    ]
    read.sort(key=lambda hit: (-hit.score, hit.passage.document_id, hit.passage.start))
    return [*read, *hits[READ_TOP:]]


def _led_by(hits: Sequence[Hit], view: PassageView) -> list[Hit]:
    """The hits with that of ``view`` first: who reads on from the answer reads its own passage."""
    return sorted(hits, key=lambda hit: hit.passage.id != view.passage.id)


def _nothing_asked(question: Question, reader: str) -> Answer:
    named = question.text if len(question.text) <= _NAMED_CHARS else f"{question.text[:_NAMED_CHARS]}…"
    return Answer(
        reason=AbstainReason.NO_QUESTION,
        reason_text=f"只写了“{named}”，没有说想知道什么；请写成一个问题，下面先列出有关段落",
        reader=reader,
    )


def _not_found(
    question: Question,
    views: Sequence[PassageView],
    weighed: Sequence[Weighed],
    sound: Sequence[Weighed],
    reader: str,
    threshold: float,
    denied: bool,
) -> Answer:
    """The reason that most of the otherwise convincing candidates failed for; ``denied``: the second verifier speaks against the best."""
    best_sound = sound[0].confidence if sound else 0.0
    missing = [Guard(question, view).missing for view in views]
    absent = frozenset.intersection(*missing) if missing else frozenset()
    refused = [
        each.verdict
        for each in weighed[:10]
        if each.verdict.reason
        and each.confidence > max(best_sound, threshold)
        and (not each.verdict.absent or each.verdict.detail in absent)
    ]
    if refused:
        reason, _ = Counter(verdict.reason for verdict in refused).most_common(1)[0]
        verdict = next(verdict for verdict in refused if verdict.reason is reason)
        return Answer(reason=verdict.reason, reason_text=verdict.detail, reader=reader)
    text = "没有一段资料足以支持答案"
    if sound and (denied or (not sound[0].signals.unread and sound[0].signals.told < EVEN)):
        words = sound[0].view.slice((sound[0].start, sound[0].end))
        if len(words) <= _NAMED_CHARS:
            text = f"最接近的是“{words}”，但那句话说的多半不是所问的事"
    return Answer(reason=AbstainReason.NO_EVIDENCE, reason_text=text, reader=reader)
