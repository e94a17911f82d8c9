"""What a share, a rate, a change or a rank is of: of another whole, of another measure, among others, or only compared with."""

from __future__ import annotations

import re

from qa.answering.asked import GENERIC
from qa.answering.counted import COUNTERS, PEOPLE
from qa.answering.support import held, stretch_around
from qa.answering.view import PassageView, Range
from qa.records import Question

_SHARED = 0.3  # of a word that stands in a text by more of its characters is told of there
_RATIO = re.compile(r"[一-鿿]{0,2}(?:率|强度|增速)(?!队|先|领)")
_CHANGED = re.compile(r"(?:增长|增加|增|提高|提升|上升|下降|减少|降低|降|上涨|涨)了?(?:百分之)?(?:多少|几)")
_GROWTH = frozenset("增速 长率".split())  # the last two characters
_SHARE_OF = re.compile(
    r"占(?!比|着|用|地)(?:了|到|其|它们|它|他们)?+(?:自己|全部|整个)?(?!百分之)(?P<base>[^，。？?占]{2,14}?)(?:的)?(?:比重|比例|份额|几成|多少|百分之几)"
)
_SHARE_TOLD = re.compile(
    r"占(?:到|了|其|我市|全[市区国])*(?P<base>[^，。；占]{2,20}?)(?:的(?:比重|比例)?)?(?:为|达到?|约|近|超)*\s*$"
)
# An amount is told by what it is of, whatever it ends in: 研发投入总额, 减免税额, 营业收入.
_AMOUNT = re.compile(
    r"(?P<what>减免|扣除|投入|支出|收入|产值|销售|出口|进口|成交|利润|税收|投资|贷款|补助|奖补)[税费]?(?:总?额|总量|总数|总和)?$"
)
_CHANGE = re.compile(r"增|升|提高|降|减|翻|扩大|幅|涨|多出")
_GROWN = re.compile(
    r"(?:^|[，,]|(?<=年)|(?<=季度)|(?<=月))(?P<what>[一-鿿A-Za-z&＆]{2,20}?)(?:比|较|同比|环比)?(?:上一?年|去年|上年同期|同期)?(?:增长|增加|提高|上升|上涨|下降|减少|降低)了?(?:多少(?![个家项名人件户元万亿])|百分之几|几成|几个?百分点|几个点)"
)
_RATES = frozenset({"%", "个百分点", "百分点"})
_IS_A_COUNT = re.compile(r"[项家户人件个台头][数]$|数量$")
_IS_A_SUM = re.compile(r"(?:额|经费|投入|收入|产值|投资|支出|资金)$")
_SHARER = re.compile(
    r"(?:里面?|当中|之中|(?<![集其])中)[，,]?(?P<part>[^，。？?占]{2,14}?)(?:所)?占(?!地|用)(?:了|到|的)?[^，。？?]{0,6}?(?:多少(?![个家项名人件户])|几成|多大|百分|比重|比例)"
)
_LABEL = re.compile(
    r"(?P<label>[一-鿿]{1,8}(?:贡献率|完成率|覆盖率|利用率|合格率|比重|占比|强度|增速|增长率|增幅))(?:已|均)?(?:达到?|为|是|约为?|超过?|提高到|至)*\s*(?:近|约|超)?$"
)
_RANKED = re.compile(
    r"(?:达到?|为|是)?\s*(?:近|约|超)?\d[\d.,]*\s*%[，,、]?\s*(?:位居|居|位列|列|排名?|排在)?[^，。；\d%]{0,8}$"
)
_SAME_LABEL = (
    ("贡献率", re.compile("贡献")),
    ("比重", re.compile("占|比重|比例|份额")),
    ("占比", re.compile("占|比重|比例|份额")),
    ("增速", re.compile("增|涨|升|速")),
    ("增幅", re.compile("增|涨|升|速|幅")),
    ("增长率", re.compile("增|涨|升|速")),
    ("强度", re.compile("强度|占")),
)
_RANK_ASKED = re.compile(
    r"(?:(?P<own>全区|自治区|内蒙古)|(?P<nation>全国|国内))(?:(?!全国|国内|全区|自治区)[^，。？?]){0,8}?(?:第几|第多少|排名|名次|位次|排几|排多少)"
)
_OWN_REGION = re.compile(r"全区|自治区|各?盟市|内蒙古")
_NATION = re.compile(r"全国|中国|国内")
_COMPARED_WITH = re.compile(r"(?:不?(?:高|低|快|慢)于(?:同期)?|超过同期|同期|相当于)\s*$")


class Rates:
    """What a question wants a share, a rate or a rank of, looked at once; :meth:`examine` holds the numbers of one passage against it."""

    def __init__(self, question: Question, view: PassageView) -> None:
        self._question = question
        self._view = view
        self._wants_change = _CHANGED.search(question.text) is not None
        self._ratio = _RATIO.search(question.text)

    def examine(self, span: Range) -> str:
        """Why the figure at ``span`` is another one than the one asked for, in Chinese; empty where nothing tells so."""
        checks = (
            self._change,
            self._grown,
            self._sharer,
            self._base,
            self._only_compared,
            self._told_ratio,
            self._label,
            self._rank_among,
        )
        return next((said for check in checks if (said := check(span))), "")

    def _base(self, span: Range) -> str:
        """占……总额33.8% is no share of 营业收入."""
        asked = _SHARE_OF.search(self._question.text)
        if asked is None:
            return ""
        words = [each.text for each in self._question.words if asked.start("base") <= each.start < asked.end("base")]
        told = self._view.folded[slice(*self._view.sentence_of(*span))]
        nouns = [word for word in words if len(word) > 1 and not GENERIC.fullmatch(word)]
        if base := self._share_of_another(span, asked["base"]):
            return f"资料中的比例是占{base}的"
        lacking = [word for word in nouns if held(word, told) < _SHARED and word not in self._question.same]
        return f"资料中的比例不是占{asked['base']}的" if nouns and len(lacking) == len(nouns) else ""

    def _share_of_another(self, span: Range, asked: str) -> str:
        """What the share is told to be of, right before it (占100强企业研发投入总额33.8%), where that is another amount than the one that the
        question names (减免税额); empty elsewhere.
        """
        view = self._view
        told = _SHARE_TOLD.search(view.folded, view.clause_of(*span)[0], span[0])
        wanted, own = (_AMOUNT.search(each) for each in (asked, told["base"] if told else ""))
        if told is None or wanted is None or own is None:
            return ""
        shared = own["what"] in self._question.text or held(wanted["what"], told["base"]) > 0
        return "" if shared else told["base"]

    def _only_compared(self, span: Range) -> str:
        """增速不低于同期GDP增速 tells no GDP."""
        question, view = self._question, self._view
        first, _ = question.interrogative or (0, 0)
        asked = [word for word in question.words if word.end <= first and (word.tag[:1] == "n" or word.tag == "eng")]
        name = asked[-1].text if asked and len(asked[-1].text) > 1 else ""
        clause = view.folded[slice(*view.clause_of(*span))]
        told = [clause[max(0, each.start() - 5) : each.start()] for each in re.finditer(re.escape(name), clause)]
        only = bool(name and told) and all(_COMPARED_WITH.search(before) for before in told)
        return f"资料中只是拿{name.upper()}作比较" if only else ""

    def _change(self, span: Range) -> str:
        """Where it is asked by how much something grew, the clause has to tell of a change."""
        told = not self._wants_change or _CHANGE.search(self._view.text, *self._view.clause_of(*span))
        return "" if told else "问的是增减了多少，资料中的数字不是"

    def _grown(self, span: Range) -> str:
        """By how much something grew is told of the last level before it: of 合同417项，成交额9.86亿元，同比增长32.5% it was the sum that grew, no
        number, and of another sentence another thing altogether.
        """
        asked, number = _GROWN.search(self._question.text), self._view.number_at(span)
        if asked is None or number is None or number.base_unit not in _RATES:
            return ""
        first, last = asked.span("what")
        sentence = self._view.sentence_of(*span)[0]
        begun = max((each.end() for each in re.finditer("[；;]", self._view.text[: span[0]])), default=0)
        begun = max(begun, sentence)
        levels = [
            each
            for each in self._view.numbers
            if begun <= each.start < number.start and not each.ordinal and each.base_unit not in _RATES
        ]
        if not levels:
            return ""
        unit = levels[-1].base_unit
        if _IS_A_COUNT.search(asked["what"]) and unit == "元":
            return "问的是数量的增减，资料中的数字是金额的"
        if _IS_A_SUM.search(asked["what"]) and unit in COUNTERS | PEOPLE:
            return "问的是金额的增减，资料中的数字是数量的"
        told = self._view.folded[begun : number.start]
        words = [word.text for word in self._question.words if first <= word.start and word.end <= last]
        return f"资料中没有写“{asked['what']}”增减了多少" if self._says_none_of(words, told) else ""

    def _sharer(self, span: Range) -> str:
        """企业 of 研发经费里企业出的钱占多大比重: whose share it is has to be told with it."""
        asked = _SHARER.search(self._question.text)
        if asked is None or self._view.number_at(span) is None:
            return ""
        first, last = asked.span("part")
        begun = self._view.sentence_of(*span)[0]
        begun = max((each.end() for each in re.finditer("[；;]", self._view.text[: span[0]])), default=begun)
        told = self._view.folded[begun : stretch_around(self._view, span)[1]]
        words = [
            word.text
            for word in self._question.words
            if first <= word.start and word.end <= last and word.tag[:1] in "njl"
        ]
        return f"资料中的比例不是“{asked['part']}”的" if self._says_none_of(words, told) else ""

    def _says_none_of(self, words: list[str], told: str) -> bool:
        """Whether ``told`` holds none of the words, of which there is one at least."""
        words = [word for word in words if len(word) > 1 and not GENERIC.fullmatch(word)]
        return bool(words) and not any(
            held(word, told) >= _SHARED or any(each in told for each in self._question.same.get(word, ()))
            for word in words
        )

    def _told_ratio(self, span: Range) -> str:
        """A rate (投入强度, 贡献率) is told by its name; only growth may be told by another word."""
        if self._ratio is None:
            return ""
        name, sentence = self._ratio.group(), self._view.text[slice(*self._view.sentence_of(*span))]
        told = name[-2:] in sentence or (name[-2:] in _GROWTH and _CHANGE.search(sentence))
        return "" if told else f"资料中的数字不是{name}"

    def _label(self, span: Range) -> str:
        """贡献率达48.9%，居全区首位: neither the figure nor the rank is that of 投入 or its 比重."""
        view, number = self._view, self._view.number_at(span)
        ranked = re.search("第|首位", view.slice(span)) is not None
        if not ranked and (number is None or not (number.ordinal or "%" in (number.unit or ""))):
            return ""
        before = view.folded[view.sentence_of(*span)[0] : span[0]]
        label = _LABEL.search(_RANKED.sub("", before))
        if label is None:
            return ""
        name, asked = label["label"], self._question.text
        known = next((told for tail, told in _SAME_LABEL if name.endswith(tail)), None)
        held_label = known.search(asked) if known else name[-3:] in asked or name[-3:-1] in asked
        return "" if held_label else f"资料中的数字是{name}"

    def _rank_among(self, span: Range) -> str:
        """第15位 of 中国城市 is no rank in 全区."""
        asked = _RANK_ASKED.search(self._question.text)
        if asked is None:
            return ""
        clause = self._view.folded[slice(*self._view.clause_of(*span))]
        inside, nation = _OWN_REGION.search(clause), _NATION.search(clause)
        if asked["own"] and nation and not inside:
            return f"资料中的位次是“{nation.group()}”的"
        return f"资料中的位次是“{inside.group()}”的" if asked["nation"] and inside and not nation else ""
