"""Whether two figures count the same thing, and which sentence speaks of a clause: by the words around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from qa.citing.marked_text import MarkedText, in_figure, pairs
from qa.citing.ranges import Range
from qa.text.normalise import comparable
from qa.text.numbers import NumberMention

Weight = Callable[[str], float]
"""How much two characters in a row say, in (0, 1]: rare pairs more."""

_NEAR_CHARS = 12
_FAR_CHARS = 26
_AFTER_CHARS = 10
_HALVING_CHARS = 5
_FAR_DISCOUNT = 0.8
_LIST_JOINT = re.compile(r"\s*(?:[、和与及至]|以及)?\s*")
_CROSSWISE = 0.6
_ONE_SIDE_DISCOUNT = 0.85
_TELLING_PAIRS = 3
_TURNED = 1.1
_TURNED_AGREES = 0.9
_FILLER = re.compile(
    r"(?:共有|共计|共|总计|累计|合计|总共|有|达到|达|为|是|已经|已|了|约|新增|增长到|增加到|增至|升至|降至)+$"
)
_NOTHING_AROUND = 0.3


def share(part: AbstractSet[str], whole: AbstractSet[str], weight: Weight) -> float:
    """The weighted share of ``part`` that is in ``whole``, in [0, 1]; 0 for an empty part."""
    total = sum(map(weight, part))
    return sum(map(weight, part & whole)) / total if total else 0.0


def same_quantity(
    draft: MarkedText, ours: NumberMention, source: MarkedText, theirs: NumberMention, w: Weight
) -> float:
    """How much the words around ``ours`` are those around ``theirs``, in [0, 1]; the nearer, the more a word counts.

    What stands before and after in the clause is compared, up to the next figure; words further back in the sentence
    count a little less, for lists of figures (由132家、111家，增长到330家、701家).
    """
    before = _by_distance(_before(draft, ours)[::-1], w, turned=True)
    after = _by_distance(_after(draft, ours), w)
    total = sum(before.values()) + sum(after.values())
    if not total:
        return _NOTHING_AROUND
    near_before, near_after = pairs(_before(source, theirs)), pairs(_after(source, theirs))
    same_side = _held(before, near_before) + _held(after, near_after)
    crosswise = _held(before, near_after - near_before) + _held(after, near_before - near_after)
    far = pairs(_far_before(source, theirs)) | near_after
    one_side = max(_alone(before, near_before), _alone(after, near_after))
    if not source.text[theirs.end : theirs.end + 1].strip().isalnum():
        one_side = max(one_side, _alone(after, near_before, turned=True))
    return max(
        (same_side + _CROSSWISE * crosswise) / total,
        _FAR_DISCOUNT * (_held(before, far) + _held(after, far)) / total,
        _ONE_SIDE_DISCOUNT * one_side,
    )


def _held(wanted: Mapping[str, float], held: AbstractSet[str]) -> float:
    return sum(value for pair, value in wanted.items() if pair in held)


def _alone(wanted: Mapping[str, float], held: AbstractSet[str], *, turned: bool = False) -> float:
    """The share of one side that agrees, where it says enough by itself: 5个 | 二级指标.

    ``turned``: 4家 | 自治区重点实验室 against 自治区重点实验室 | 4家, after which a mark stands; then nearly all must agree.
    """
    agreeing = _held(wanted, held) / sum(wanted.values()) if len(wanted) >= _TELLING_PAIRS else 0.0
    return agreeing if not turned else _TURNED if agreeing >= _TURNED_AGREES else 0.0


def _by_distance(text: str, weight: Weight, *, turned: bool = False) -> dict[str, float]:
    """Pairs of ``text`` with their weights, halved every :data:`_HALVING_CHARS` from its beginning.

    ``turned``: the text runs backwards, its pairs are turned round again.
    """
    compared = comparable(text)
    found: dict[str, float] = {}
    for distance, (a, b) in enumerate(pairwise(compared)):
        if not in_figure(a, b):
            pair = b + a if turned else a + b
            found[pair] = max(found.get(pair, 0.0), weight(pair) * 0.5 ** (distance / _HALVING_CHARS))
    return found


def _before(text: MarkedText, mention: NumberMention) -> str:
    start = max(text.clause_at(mention.number_start)[0], mention.start - _NEAR_CHARS)
    ends = [d.end for d in text.dates if start < d.end <= mention.start]
    at = mention.start
    for number in reversed([n for n in text.numbers if start < n.end <= mention.start]):
        # Figures of one list stand behind the same words: 分别达到2000万人和861万人.
        if not _LIST_JOINT.fullmatch(text.text[number.end : at]):
            ends.append(number.end)
            break
        at = number.start
    else:
        start = max(text.clause_at(mention.number_start)[0], at - _NEAR_CHARS)
    return _FILLER.sub("", text.text[max([start, *ends]) : at].rstrip())


def _after(text: MarkedText, mention: NumberMention) -> str:
    end = min(text.clause_at(mention.number_start)[1], mention.end + _AFTER_CHARS)
    begins = [n.start for n in text.numbers if mention.end <= n.start < end]
    return text.text[mention.end : min([end, *begins])].rstrip("、和与及 ")


def _far_before(text: MarkedText, mention: NumberMention) -> str:
    """What stands further before in the sentence, figures left out."""
    first = max(text.sentence_at(mention.number_start)[0], mention.start - 2 * _FAR_CHARS)
    kept: list[str] = []
    position = mention.start
    for number in reversed([n for n in text.numbers if first <= n.start and n.end <= mention.start]):
        kept.insert(0, text.text[number.end : position])
        position = number.start
    kept.insert(0, text.text[first:position])
    return "".join(kept)[-_FAR_CHARS:]


def best_stretch(
    words: str, whole: str, stretches: Sequence[Range], source: MarkedText, weight: Weight
) -> tuple[Range, float]:
    """The stretch of ``source`` that holds most of ``words``, and of ``whole`` (counting half), with the larger share.

    No stretches give an empty range and 0.
    """
    wanted, wanted_too = pairs(words), pairs(whole)
    best: tuple[float, float, Range] = (-1.0, 0.0, (0, 0))
    for stretch in stretches:
        held = source.pairs_of(stretch)
        part, all_of_it = share(wanted, held, weight), share(wanted_too, held, weight)
        if part + 0.5 * all_of_it > best[0]:
            best = (part + 0.5 * all_of_it, max(part, all_of_it), stretch)
    return best[2], best[1]
