"""Enumerations: A、B和C, 一是…二是…, one title after another; and cutting them into items."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.answering.candidates.bundle import members_before, quoted_bundle
from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.organisation import organisations_in
from qa.answering.view import PassageView, Range
from qa.records import BlockRole, Question
from qa.text.numerals import parse_number

_STRONG_CUE = re.compile(
    r"包括|包含|分为|分成|分别是|分别为|围绕|聚焦|涉及|涵盖|明确了|重点抓好|重点资助|重点是|方向是|部署|突出|引进|通报|调度|听取|审议|讨论|研究|开展|按照|从(?=[^，]{2,20}、)"
)
_CUE = re.compile(
    r"设立|设置|设有|建成|建立|打造|推广|资助|抓好|推进|以及|通过|实现|即|从|在|由|向|(?<![成造高早迁])就(?![业医读学地近是])(?=我|[^，。]{0,3}(?:关于|有关))|对(?![接口比照策付待等])|将|是|为|有(?!限)|："
)
_ADDRESSEES = re.compile(r"(?:^|(?<=\n))(?P<label>主送|抄送|抄报|报|送)\s*[：:]\s*(?P<list>[^\n]+)")
_LEADERS = re.compile(r"抄报|上报|领导")
_COPIED, _OTHER_LINE = re.compile(r"抄送"), 0.3
_QUOTES = re.compile(r"“[^”]{3,}”|《[^》]+》")
_ORDERED = re.compile(r"(?:一是|二是|三是|四是|五是|六是|七是|八是|九是|十是)")
_TITLES = re.compile(r"(?:《[^》]+》(?:、|和|及|，)?){2,}")
_SEPARATOR = re.compile(r"、|；|，|(?<=[》”])(?=[《“])")
_LAST_JOINT = re.compile(r"(?:以及|和|及)(?=[^、]{2,}$)")
_ONLY_JOINT = re.compile(r"(?:以及|和|及|与|或)(?=[^、]{2,}$)")  # 与 joins two; in a row of 、 it belongs to an item
_NAMED_ITSELF, _NAMED_CHARS = (
    0.75,
    4,
)  # of the characters before 的 the question has so many, and there are at least four
_TAIL_CHARS = 16  # of what follows a list, told of the list
_ITEM_FORMS = (
    (
        re.compile(
            r"哪.{0,4}(?:单位|部门|机构|企业|公司|高校|大学)|哪几(?:家|方)|联合[一-鿿]{2}的?(?:单位|部门|机构|各?方)"
        ),
        re.compile(r"[局厅部委院]、|[局厅部委院区]$|企业、|组织$|公司|大学|中心|集团|政府"),
    ),
    (re.compile(r"哪.{0,4}(?:人(?!才)|院士|领导|专家|代表)"), re.compile(r"^[一-鿿]{2,4}(?:、[一-鿿]{2,4})+")),
)
_NUMERAL = r"(?:[两二三四五六七八九十]{1,3}|\d{1,2})"
_HOW_MANY = re.compile(
    rf"哪(?P<before>{_NUMERAL})(?:个|家|项|位|种|类|条|大|方面|所|名|件)(?!月)|(?P<after>{_NUMERAL})(?:个|家|项|位|种|类|条|大|所|名|件)[^，。？?]{{0,10}}[，,]?(?:(?:都|分别|各|具体)?(?:是|有|指)(?:的是)?哪(?:些|几)|(?:都|分别|各自?|具体)?叫(?:什么|啥)|(?:都|分别|各自?|具体)(?:是|指)(?:什么|啥))"
    rf"|(?:列出|列举|写出|说出)[^，。？?]{{0,24}}(?P<listed>{_NUMERAL})(?:个|家|项|位|种|类|条|大|所|名|件)"
)
_TAIL = re.compile(
    r"(?:等(?:[^、，。；]{0,14})?|(?:[一二两三四五六七八九十\d]+)\s*(?:个|大|项|类|种|方面|家)[^、，。；]{0,24})$"
)

_OF_WHOM = re.compile(r"的(?=《)")  # 针对中小微企业、农村合作组织|的《办法》
# 发改、工信、财政|等部门推出一批优化审批流程、放宽管理权限的措施; not 新能源、新材料等产业和生物、信息等领域
_LIST_IS_OVER = re.compile(r"(?<![平高中优同均对相初一二三])等(?![级于待额同次差])(?=[^、和及与]{6,}、)")


def enumeration_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Every enumeration, from its cue to its end; 一是…二是… as a whole."""
    text = view.text
    found: list[Candidate] = []
    for start, end in view.sentences:
        sentence = text[start:end]
        found.extend(Candidate(start + match.start(), start + match.end(), 1.0) for match in _TITLES.finditer(sentence))
        quotes = list(_QUOTES.finditer(sentence))
        if len(quotes) >= 2:
            joined = all(before.end() >= after.start() - 1 for before, after in pairwise(quotes))
            found.append(Candidate(start + quotes[0].start(), start + quotes[-1].end(), 1.0 if joined else 0.6))
        found.extend(_organisations_in_a_row(question, view, (start, end)))
        for clause in view.clauses:
            if clause[0] < start or clause[1] > end or "、" not in view.slice(clause):
                continue
            found.extend(_in_clause(question, view, _with_last_item(view, clause)))
    if view.passage.role is BlockRole.IMPRINT:
        found += [
            Candidate(
                *_trim(text, *match.span("list")), _OTHER_LINE if _is_other_line(question, match["label"]) else 1.0
            )
            for match in _ADDRESSEES.finditer(text)
        ]
    if members := members_before(quoted_bundle(question), view):
        found.append(Candidate(*members, 1.0))
    ordered = [match.start() for match in _ORDERED.finditer(text)]
    if len(ordered) >= 2:
        last = view.sentence_of(ordered[-1], ordered[-1] + 2)[1]
        found.append(Candidate(ordered[0], last, 1.0))
    return found


def _is_other_line(question: Question, label: str) -> bool:
    """Whether the line is of those above who are reported to (报：) where those beside who get a copy are asked for (抄送部门), or of these
    where the leaders are.
    """
    if _LEADERS.search(question.text):
        return label in {"送", "抄送"}
    return label in {"报", "抄报"} and _COPIED.search(question.text) is not None


def _organisations_in_a_row(question: Question, view: PassageView, sentence: Range) -> list[Candidate]:
    """清华大学和中国矿业大学（北京）, where organisations are asked for."""
    if not _ITEM_FORMS[0][0].search(question.text):
        return []
    names = sorted(name for name in set(organisations_in(view)) if sentence[0] <= name[0] < sentence[1])
    rows: list[Range] = []
    for start, end in names:
        if rows and view.text[rows[-1][1] : start] in {"、", "和", "与", "及"}:
            rows[-1] = (rows[-1][0], end)
        else:
            rows.append((start, end))
    return [Candidate(*row, 1.0) for row in rows if row not in names]


def _with_last_item(view: PassageView, clause: Range) -> Range:
    """A、B、C，以及D: the last item stands behind a comma."""
    following = next((each for each in view.clauses if each[0] >= clause[1]), None)
    if following and following[0] - clause[1] <= 1 and view.text.startswith("以及", following[0]):
        return clause[0], following[1]
    return clause


def _in_clause(question: Question, view: PassageView, clause: Range) -> list[Candidate]:
    words = view.slice(clause)
    mark = _first_mark(words)
    cues = [cue.end() for cue in _STRONG_CUE.finditer(words, 0, mark)] or [
        cue.end() for cue in _CUE.finditer(words, 0, mark)
    ]
    begins = cues[-1] if cues else 0
    begins = _behind_what_was_asked(question, words, begins, mark)
    while begins < len(words) and words[begins] in "了：:“ ":
        begins += 1
    tail = _TAIL.search(words)
    ends = tail.start() if tail and tail.start() > mark else len(words)
    over = _LIST_IS_OVER.search(words, mark)
    if over and _depth(words, over.start()) == 0:
        ends = min(ends, over.start())
    for_which = _OF_WHOM.search(words, mark) if "《" not in words[:mark] else None
    if for_which and _depth(words, for_which.start()) == 0:
        ends = min(ends, for_which.start())
    ends = len(words[:ends].rstrip())
    begins += words[begins : begins + 1] in ("（", "(") and not re.search(r"[）)]", words[begins:ends])
    if ends - begins < 4:
        return []
    start, end = clause[0] + begins, clause[0] + ends
    return [Candidate(start, end, _fit(question, view.text[start:end], words[ends:]))]


def _behind_what_was_asked(question: Question, words: str, begins: int, mark: int) -> int:
    """Behind 零部件和整机的 in 零部件和整机的安全性、适应性, where the question names those itself."""
    head = words.rfind("的", begins, mark) + 1
    named = words[begins : head - 1]
    shared = sum(each in question.text for each in named)
    return head if len(named) >= _NAMED_CHARS and shared >= _NAMED_ITSELF * len(named) else begins


def _fit(question: Question, listed: str, tail: str) -> float:
    """Better with more items, with the noun asked for behind the list (农牧业、工业和社会发展3大领域), and with items of its kind."""
    fit = min(0.8, 0.5 + 0.1 * (listed.count("、") + 1))
    for asked, form in _ITEM_FORMS:
        if asked.search(question.text):
            fit += 0.2 if form.search(listed) else -0.3
    if (len(question.focus) >= 2 and question.focus[:2] in tail[:_TAIL_CHARS]) or (
        question.unit == "类" and "类" in tail
    ):
        fit += 0.3
    return max(0.05, min(1.0, fit))


def _first_mark(words: str) -> int:
    """Where the first 、 stands that is not inside brackets or quotation marks."""
    depth = 0
    for at, character in enumerate(words):
        depth += character in "（(“《「"
        depth -= character in "）)”》」"
        if character == "、" and depth <= 0:
            return at
    return words.index("、")


def how_many_asked(question: Question) -> int:
    """How many items the question says there are (哪六个, 18家单位都是哪些); 0 where it does not."""
    match = _HOW_MANY.search(question.text)
    return int(parse_number(match["before"] or match["after"] or match["listed"]) or 0) if match else 0


def is_counted_out(text: str) -> bool:
    """Whether the items are numbered in words (一是…；二是…), which leaves no doubt how many there are."""
    return len(_ORDERED.findall(text)) > 1


def items_asked_for(question: Question, text: str) -> list[Range]:
    """As :func:`items_of`; where the question says how many there are, and as many names are quoted, those (由甲公司申报的“甲实验室”、……
    “乙实验室”被认定为农牧业、能源领域……: two, not three).
    """
    items, asked = items_of(text), how_many_asked(question)
    quoted = [match.span() for match in _QUOTES.finditer(text)]
    return quoted if asked > 1 and len(quoted) == asked != len(items) else items


def items_of(text: str) -> list[Range]:
    """The items of an enumeration, as ranges of ``text``: parted at 、 and between titles, and at the last 和/及/与."""
    marks = list(_ORDERED.finditer(text))
    if len(marks) >= 2:
        bounds = [mark.start() for mark in marks] + [len(text)]
        return [_trim(text, mark.end(), after) for mark, after in zip(marks, bounds[1:], strict=True)]
    quotes = list(_QUOTES.finditer(text))
    if len(quotes) >= 2 and quotes[0].start() == 0 and quotes[-1].end() == len(text):
        return [quote.span() for quote in quotes]
    cuts = [0]
    ends: list[int] = []
    for match in _SEPARATOR.finditer(text):
        if _depth(text, match.start()) == 0:
            ends.append(match.start())
            cuts.append(match.end())
    ends.append(len(text))
    parts = [(start, end) for start, end in zip(cuts, ends, strict=True) if start < end]
    if not parts:
        return []
    first, last = parts[-1]
    joint = (_LAST_JOINT if len(parts) > 1 else _ONLY_JOINT).search(text[first:last])
    if joint and _depth(text, first + joint.start()) == 0 and joint.start() >= 2:
        parts[-1:] = [(first, first + joint.start()), (first + joint.end(), last)]
    named = [(start + 2 if text.startswith("以及", start) else start, end) for start, end in parts]
    return [_trim(text, start, end) for start, end in named if text[start:end].strip("，。；、 ")]


def _depth(text: str, at: int) -> int:
    return sum(c in "（(“《「" for c in text[:at]) - sum(c in "）)”》」" for c in text[:at])


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and text[start] in "，、；：。 \n":
        start += 1
    while end > start and text[end - 1] in "，、；：。 \n":
        end -= 1
    return start, end
