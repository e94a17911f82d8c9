"""What a number counts or measures: 旗区科技特派员335人, 五大重点工程."""

from __future__ import annotations

from qa.answering.view import PassageView, Range
from qa.records import Word

COUNTERS = frozenset("个 家 所 项 件 篇 种 类 座 台 辆 套 条 张 款 场 批".split())
PEOPLE = frozenset("人 名 位".split())
"""Base units of things and of persons."""
_USED_AS_NOUNS = frozenset(
    "投入 支出 收入 补助 资助 减免 扣除 贡献 增速 奖励 投资".split()
)  # verbs, where a number follows them
_GRADES = frozenset("类 型 级 一级 二级 三级 四级".split())
_LINKS = frozenset(
    "达 达到 为 是 共 共计 总计 总数 总额 约 近 超 超过 余 到 至 增长 增至 增加 增长到 合计 累计".split()
)


def counted_noun(view: PassageView, place: Range) -> str:
    """The noun that stands before the number at ``place``, else the one behind it; folded, empty where there is none.

    Before: the nominal words up to a verb, a mark or another number. Where a change pairs several values with several
    subjects (由132家、111家，增长到330家、701家) it is the number's own subject.
    """
    return next(iter(nouns_beside(view, place)), "")


def nouns_beside(view: PassageView, place: Range) -> list[str]:
    """The noun before the number at ``place`` and the one behind it, those there are; folded. Of a change the number's own subject."""
    changed = view.changed_subject(place[0])
    if changed:
        return [changed]
    first, last = _without_spaces(view.text, place)
    found = (_joined(view, _before(view.words, first)), _joined(view, _behind(view.words, last)))
    return [noun for noun in found if noun]


def _without_spaces(text: str, place: Range) -> Range:
    """``place`` up to the words beside it: 达到 48.9%, 29 家 企业."""
    first, last = place
    while first and text[first - 1] == " ":
        first -= 1
    while text.startswith(" ", last):
        last += 1
    return first, last


def _before(words: list[Word], at: int) -> list[Word]:
    found: list[Word] = []
    for word in reversed([each for each in words if each.end <= at]):
        adjoins = word.end == (found[0].start if found else at)
        if adjoins and not found and word.text in _LINKS:
            at = word.start  # 资金达10亿元
        elif adjoins and (_is_nominal(word) or (not found and word.text in _USED_AS_NOUNS)):
            found.insert(0, word)
        else:
            break
    return found


def _behind(words: list[Word], at: int) -> list[Word]:
    found: list[Word] = []
    for word in words:
        if word.start < at:
            continue
        if word.start != (found[-1].end if found else at) or not _is_nominal(word):
            break
        found.append(word)
    return found


def _is_nominal(word: Word) -> bool:
    return word.tag[:1] in "nabjlis" or word.tag in {"vn", "eng", "x"} or word.text in _GRADES


def _joined(view: PassageView, words: list[Word]) -> str:
    return view.folded[words[0].start : words[-1].end] if words else ""
