"""How much of a question a place in a passage supports: weighted coverage of the question's words, near and far."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from qa.answering.candidates.candidate import Candidate
from qa.answering.counted import counted_noun
from qa.answering.own_deeds import leaves_unsaid
from qa.answering.view import PassageView, Range
from qa.records import AnswerKind, BlockRole, Question

# How much a question word counts that stands right beside the span, in the same clause, the same sentence, the same passage, or only above it
# (title, heading, lead). Fitted on the dev half of eval/ordos.jsonl, see docs/decisions.
BESIDE, IN_CLAUSE, IN_SENTENCE, IN_PASSAGE, IN_BACKGROUND = 1.0, 0.85, 0.75, 0.5, 0.55
OF_ANOTHER = 0.35  # at most this for a word that is told of another number or person of the sentence
AS_OFFICIALS_SAY = 0.8  # of a word for which a text holds what officials write
_IN_PART = 0.2  # a word of which less stands in a text does not stand there
PARTIAL = 0.6  # of the above for a word that stands there only by some of its characters

_Zone = tuple[str, float]  # a text, and what a question word is worth that stands in it

_MARKS = "、，。；：,;:\n"
_TAG_WEIGHT = {
    "n": 1.0,
    "ns": 1.0,
    "nr": 1.2,
    "nt": 1.2,
    "nz": 1.1,
    "v": 0.7,
    "vn": 0.9,
    "a": 0.6,
    "d": 0.3,
    "m": 0.8,
    "eng": 1.2,
}


def word_weights(question: Question) -> list[float]:
    """The weight of each question word: rarity times what its part of speech contributes."""
    return [
        weight * _TAG_WEIGHT.get(word.tag, 0.7) for word, weight in zip(question.words, question.weights, strict=True)
    ]


class AskedWord:
    """A word of the question with its weight, and how much of it a text holds."""

    def __init__(self, text: str, weight: float, same: Sequence[str], official: Sequence[str] = ()) -> None:
        self.text = text
        self.weight = weight
        self._official = official
        self._written = (text, *same, *in_other_words(text))
        self._parts = _parts_of_word(text)

    def held_in(self, zone: str) -> float:
        """1 when the zone holds the word or what documents write for it, else the share of its character pairs there, discounted."""
        for written in self._written:
            if written in zone:
                return 1.0
        if any(written in zone for written in self._official):
            return AS_OFFICIALS_SAY
        return _partly(self.text, self._parts, zone)


def asked_words(question: Question) -> list[AskedWord]:
    """The words of the question, made once for all the passages that are looked through for them."""
    weights = word_weights(question)
    return [
        AskedWord(word.text, weight, question.same.get(word.text, ()), question.official.get(word.text, ()))
        for word, weight in zip(question.words, weights, strict=True)
    ]


class Support:
    """How much of one question one passage supports, around each of its places and as a whole.

    ``words`` are :func:`asked_words` of the question. Beside a place ends where one of ``neighbours`` begins. What a zone holds of a word
    is looked up once.
    """

    def __init__(
        self, question: Question, words: Sequence[AskedWord], view: PassageView, neighbours: Sequence[Range] = ()
    ) -> None:
        self._question = question
        self._view = view
        self.neighbours = neighbours
        self._words = words
        implied = _IMPLIED if view.passage.role is not BlockRole.BODY else frozenset()
        if leaves_unsaid(question, view):
            first, last = question.actor
            implied |= {word.text for word in question.words if first <= word.start < last}
        self._weights = [0.0 if word.text in implied else word.weight for word in words]
        self._total = sum(self._weights)
        self._implied = implied
        self._held: dict[str, list[float | None]] = {}
        self._around: dict[Range, float] = {}
        self._nouns: dict[Range, str] = {}

    def around(self, span: Range) -> float:
        """The supported share of the question's weight around ``span``, in [0, 1]."""
        if span not in self._around:
            parts = parts_of(self._question, self._view, span)
            self._around[span] = max([self._around_part(part) for part in parts])
        return self._around[span]

    @cached_property
    def anywhere(self) -> float:
        """The share of the question's weight that stands in the passage or above it at all, in [0, 1]."""
        return self._share(((self._view.folded, 1.0), (self._view.background, 1.0)))

    @cached_property
    def missing(self) -> float:
        """The share of the question's weight that its heaviest word has which neither the passage nor what stands above it holds."""
        zones = self._zones(((self._view.folded, 1.0), (self._view.background, 1.0)))
        lacking = [
            word.weight * (1.0 - self._most_held(at, zones))
            for at, word in enumerate(self._words)
            if word.text not in self._implied
        ]
        return max(lacking, default=0.0) / (sum(word.weight for word in self._words) or 1.0)

    def _around_part(self, span: Range) -> float:
        if span in self._around:
            return self._around[span]
        view = self._view
        clause = view.folded[slice(*view.clause_of(*span))]
        sentence = view.folded[slice(*view.sentence_of(*span))]
        beside = view.folded[slice(*stretch_around(view, span, self.neighbours))]
        # 甲、乙由132家、111家: what stands beside the first number is the second's
        for rival in view.rival_subjects(span[0]):
            beside, clause, sentence = (zone.replace(rival, "") for zone in (beside, clause, sentence))
        own = ((view.changed_subject(span[0]), BESIDE), (beside, BESIDE))
        zones = (
            (clause, IN_CLAUSE),
            (sentence, IN_SENTENCE),
            (view.background, IN_BACKGROUND),
            (view.folded, IN_PASSAGE),
        )
        share = self._share((*own, *zones), self._told_of_others(span, own))
        self._around[span] = share
        return share

    def _told_of_others(self, span: Range, own: Sequence[tuple[str, float]]) -> frozenset[str]:
        """Question words that stand with another candidate of the sentence and not with this one: 旗区 is no word for 535人 in
        535人（市级科技特派员200人，旗区科技特派员335人）.
        """
        if not self.neighbours:
            return frozenset()
        question, view = self._question, self._view
        first, last = view.sentence_of(*span)
        rivals = [each for each in self.neighbours if first <= each[0] < last and each != span]
        theirs = [zone for zone in map(self._told_with, rivals) if zone]
        if not theirs:
            return frozenset()
        mine = [zone for zone, _ in own]
        if question.kind is AnswerKind.NUMBER:  # 五大重点工程和六大重点行动: 工程 stands beside 六大 as well
            noun = self._noun(span)
            for other in theirs:
                mine = [zone if other in noun else zone.replace(other, "") for zone in mine]
        return frozenset(
            word.text
            for word in question.words
            if any(_names(word.text, zone) for zone in theirs)
            and not any(held(word.text, zone) == 1.0 for zone in mine)
        )

    def _told_with(self, span: Range) -> str:
        kind, view = self._question.kind, self._view
        if kind is AnswerKind.NUMBER:
            return self._noun(span)
        return view.folded[slice(*stretch_around(view, span, self.neighbours))] if kind is AnswerKind.PERSON else ""

    def _noun(self, span: Range) -> str:
        if span not in self._nouns:
            self._nouns[span] = counted_noun(self._view, span)
        return self._nouns[span]

    def _share(self, zones: Sequence[_Zone], others: frozenset[str] = frozenset()) -> float:
        if not self._total:
            return 0.0
        known = self._zones(zones)
        got = 0.0
        for at, weight in enumerate(self._weights):
            share = self._most_held(at, known)
            if others and share > OF_ANOTHER and self._words[at].text in others:
                share = OF_ANOTHER
            got += weight * share
        return got / self._total

    def _zones(self, zones: Sequence[_Zone]) -> list[tuple[str, float, list[float | None]]]:
        """``zones`` that are not empty, with what is known of the words in them."""
        found = []
        for zone, worth in zones:
            if zone:
                known = self._held.get(zone)
                if known is None:
                    known = self._held[zone] = [None] * len(self._words)
                found.append((zone, worth, known))
        return found

    def _most_held(self, at: int, zones: Sequence[tuple[str, float, list[float | None]]]) -> float:
        """The most that a zone holds of the word times what the zone is worth; the worthiest zones come first."""
        best = 0.0
        for zone, worth, known in zones:
            if best >= worth:
                break
            share = known[at]
            if share is None:
                share = known[at] = self._words[at].held_in(zone)
            if share * worth > best:
                best = share * worth
        return best


def _names(word: str, zone: str) -> bool:
    return len(word) > 1 and word in zone


def parts_of(question: Question, view: PassageView, span: Range) -> list[Range]:
    """The clauses of a window; a window is as good as its best clause: length alone supports nothing. Other spans are one part."""
    if question.kind is not AnswerKind.CLAUSE:
        return [span]
    return [each for each in view.clauses if span[0] <= each[0] and each[1] <= span[1]] or [span]


_APART = frozenset({AnswerKind.PERSON, AnswerKind.NUMBER, AnswerKind.DATE})


def neighbours_of(question: Question, candidates: Sequence[Candidate]) -> list[Range]:
    """Candidates that part the words around them: 副市长孔繁飞与清华大学主任王铁峰. Longer kinds lie within one another and part nothing."""
    return [(each.start, each.end) for each in candidates] if question.kind in _APART else []


def stretch_around(view: PassageView, span: Range, neighbours: Sequence[Range] = ()) -> Range:
    """From the mark or neighbour before ``span`` to the mark or neighbour after it: the one member of an enumeration it is in."""
    start, end = span
    lowest = max((each[1] for each in neighbours if each[1] <= start), default=0)
    highest = min((each[0] for each in neighbours if each[0] >= end), default=len(view.text))
    while start > lowest and view.text[start - 1] not in _MARKS:
        start -= 1
    while end < highest and view.text[end] not in _MARKS:
        end += 1
    return start, end


def speaks_of_it(question: Question, view: PassageView) -> bool:
    """Whether the passage or what stands above it holds any word of the question at all, or another name of it, numbers aside."""
    words = [word.text for word in question.words if not word.text.isdigit() and word.tag != "t"]
    words += [other for word in words for other in (*question.same.get(word, ()), *question.official.get(word, ()))]
    return any(held(word, view.spoken) >= _IN_PART for word in words) if words else bool(question.words)


# What a head or an imprint says by being one: nobody writes 落款 beside the date of a letter.
_IMPLIED = frozenset(
    "落款 日期 成文 文号 字号 发文 文件 回复 答复 联系 联系电话 编辑部 拨 号码 办公室 文头 期 刊 简报 出刊 印发 一栏 填 把关 责任 名字".split()
)


# What officials ask with → what documents write.
_SAME = {
    "上限": ("最高", "不超过"),
    "主持人": ("主持",),
    "上榜": ("跻身", "入选", "成功上榜", "入围"),
    "入选": ("跻身", "上榜", "入围", "获评"),
    "签字": ("签署", "签约"),
    "签": ("签署", "签约"),
    "投": ("投入", "投资"),
    "开": ("召开", "举行"),
    "公布": ("发布", "印发"),
    "对外": ("发布",),
    "市里": ("市级", "全市", "我市", "市委", "市政府"),
    "本市": ("我市", "全市"),
    "国家": ("国务院", "全国"),
    "提的": ("提案",),
    "教书": ("教授",),
    "比重": ("占",),
    "经费": ("投入", "资金"),
    "资金": ("经费",),
    "头一回": ("首次",),
    "头一次": ("首次",),
    "第一次": ("首次",),
    "外地": ("市外", "区外"),
    "整个": ("整体",),
    "搬": ("迁入",),
    "常年": ("长期",),
    "招待": ("接待",),
    "百强": ("100强", "100 强", "前100", "一百强"),
}


def in_other_words(word: str) -> tuple[str, ...]:
    """What documents write for ``word``."""
    return _SAME.get(word, ())


def held(word: str, zone: str) -> float:
    """As :meth:`AskedWord.held_in`, of a word by itself."""
    if word in zone or any(other in zone for other in in_other_words(word)):
        return 1.0
    return _partly(word, _parts_of_word(word), zone)


def _parts_of_word(word: str) -> list[str]:
    """Pairs of characters, of a word of two its characters."""
    if len(word) == 2:
        return list(word)
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _partly(word: str, parts: Sequence[str], zone: str) -> float:
    if not parts:
        return 0.0
    found = 0
    for part in parts:
        if part in zone:
            found += 1
    return (0.35 * PARTIAL if len(word) == 2 else PARTIAL) * found / len(parts)
