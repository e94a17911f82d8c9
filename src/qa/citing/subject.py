"""What a claim speaks of: its nouns, held against those of a passage.

Verbs are put otherwise in every draft, but a noun of which the passage has no word is another subject or another object:
全市教育支出24.82亿元 against 全市科技支出24.82亿元, however well the figure agrees.
"""

from __future__ import annotations

import re

from qa.citing.ledger import Ledger
from qa.citing.marked_text import MarkedText
from qa.citing.ranges import Range, overlap
from qa.records import Word
from qa.text.normalise import comparable

_NOUN_TAGS = re.compile(r"^(?:n|nz|nt|j|l|i)$")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿")
_TELL_NOTHING = frozenset(
    """
    文号 比重 占比 比例 份额 数量 总数 数目 总量 总额 总计 合计 金额 款项 人数 家数 名次 位次 名额 时间 时候 日期 地点 地方
    原因 结果 内容 情况 状况 方面 方向 领域 范围 主题 名称 名字 题目 标题 人员 人士 群众 大家 单位 部门 机构 部分 种类 类型 类别
    水平 程度 规模 力度 速度 成绩 成效 成果 效果 作用 意义 措施 举措 办法 做法 方式 方法 方案 活动 事项 事宜 事情 工作 任务 目标
    重点 基础 前提 过程 阶段 期间 初期 当年 当时 上旬 中旬 下旬 月初 月底 年初 年底 年末 年度 全年 幅度 以内 以上 以下 左右 全部
    计划 版本 经验 社会 会面 负责人 领导 干部 全体 各地 各界 当地 本地 双方 对方 其他 其余 消息 新闻 数据 数字 指标 资料 文件 材料 报道 报告
    """.split()
)
"""Nouns that say what kind of thing another word is, or that a draft puts where the source has a verb or nothing."""


def untold_nouns(ledger: Ledger) -> list[str]:
    """The nouns of the claim, differing words and names aside, of which neither the passage nor what stands above has a word.

    A noun counts as told when two of its characters in a row stand there, or all of them in the sentences that speak of it.
    """
    draft, source, outcome = ledger.draft, ledger.source, ledger.outcome
    spoken = "".join(source.text.slice(span) for span in outcome.evidence)
    spoken += source.text.slice(ledger.sentence_for((0, len(draft.text)))[0]) + source.passage.lead
    names = _named(draft)
    found = []
    for word in draft.content_words:
        if not _is_noun(word) or any(overlap((word.start, word.end), name) for name in names):
            continue
        if any(d.start < word.end and word.start < d.end for d in outcome.differences):
            continue
        told = draft.pairs_of((word.start, word.end)) & source.pairs
        if not told and not all(character in spoken for character in comparable(word.text)):
            found.append(word.text)
    return found


def told_shares(ledger: Ledger) -> tuple[float, float]:
    """The shares of the claim's words, names, figures and differing words aside, that the passage has: in the clause of which it
    has least, and in all of them; 1 where there are fewer than two words."""
    draft, pairs = ledger.draft, ledger.source.pairs
    differing: list[Range] = [(d.start, d.end) for d in ledger.outcome.differences]
    aside = [*_named(draft), *differing]
    words = [w for w in draft.content_words if not any(overlap((w.start, w.end), span) for span in aside)]

    def share(counted: list[Word]) -> float:
        told = [len(draft.pairs_of((w.start, w.end)) & pairs) / max(1, len(w.text) - 1) for w in counted]
        return sum(told) / len(told) if len(told) > 1 else 1.0

    in_clauses = [share([w for w in words if start <= w.start < end]) for start, end in draft.clauses]
    return min(in_clauses, default=1.0), share(words)


def _is_noun(word: Word) -> bool:
    return (
        bool(_NOUN_TAGS.match(word.tag))
        and word.text not in _TELL_NOTHING
        and not any(character in _NUMERALS or not "\u3400" <= character <= "\u9fff" for character in word.text)
    )


def _named(draft: MarkedText) -> list[Range]:
    """What is held against the passage by itself: organisations, people, places, 文号, figures and dates."""
    mentions = [(p.start, p.end) for p in draft.places]
    mentions += [(n.start, n.end) for n in draft.numbers]
    mentions += [(d.start, d.end) for d in draft.dates]
    return [*draft.organisations, *draft.people, *draft.document_numbers, *mentions]
