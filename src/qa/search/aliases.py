"""Two names for one thing: 科技厅 and 科学技术厅, what a document says in （以下简称“…”）, what ``corpus/dictionary.txt`` says with =."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa.text.places import SHORT_NAMES

_STATED = re.compile(
    r"(?P<full>[一-鿿A-Za-z0-9（）()·“”《》]{3,40}?)[（(](?:[^（）()]{0,6}?)简称(?:为)?[：:，,\s]?(?P<short>[^（）()]{2,40})[）)]"
)
_NAMES = re.compile(r"[“《「](?P<quoted>[^”》」]{2,15})[”》」]|(?P<bare>[一-鿿A-Za-z0-9]{2,12})")
_BEGINS_BEHIND = re.compile(
    r".*(?:[的了对向为与和及由经在从被将把是至到]|会同|根据|按照|推进|建设|支持|加快|关于|印发|成立|设立|制定|实施|开展|《)"
)
_LEAST_FULL_CHARS = 4
_OF_ONE_TEXT = frozenset(  # short names that another text uses for another thing
    "方案 办法 规划 计划 意见 通知 细则 规定 条例 协议 合同 公司 集团 项目 基地 中心 平台 示范区 开发区 园区 本市 本法 甲方 乙方 行动 工程 指南 目录".split()
)

OFFICES = tuple(
    (short + rank, full + rank)
    for short, full, ranks in (
        ("科技", "科学技术", "厅局部"),
        ("工信", "工业和信息化", "厅局部"),
        ("人社", "人力资源和社会保障", "厅局部"),
        ("住建", "住房和城乡建设", "厅局部"),
        ("文旅", "文化和旅游", "厅局部"),
        ("发改", "发展和改革", "委局"),
        ("卫健", "卫生健康", "委"),
        ("林草", "林业和草原", "局"),
        ("国资", "国有资产监督管理", "委"),
    )
    for rank in ranks
)
"""Offices of state as people say them and as their seals do."""

TERMS = (
    ("高企", "高新技术企业"),
    ("固投", "固定资产投资"),
    ("社零", "社会消费品零售"),
    ("规上企业", "规模以上企业"),
    ("规上工业", "规模以上工业"),
    ("医保", "医疗保险"),
    ("社保", "社会保险"),
    ("低保", "最低生活保障"),
    ("棚改", "棚户区改造"),
    ("政采", "政府采购"),
    ("集采", "集中采购"),
    ("农机", "农业机械"),
    ("技改", "技术改造"),
    ("双创", "创新创业"),
    ("国企", "国有企业"),
    ("央企", "中央企业"),
    ("民企", "民营企业"),
    ("科技支出", "财政科技支出"),
)
"""What officials say for what documents write."""


KNOWN = (*OFFICES, *TERMS, *SHORT_NAMES)


@dataclass(frozen=True, slots=True)
class Aliases:
    """Pairs (short name, full name), folded."""

    pairs: tuple[tuple[str, str], ...] = KNOWN

    def others_in(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, other name) of every name in ``text`` that has another one which ``text`` does not hold; full names too."""
        found = []
        for pair in self.pairs:
            for name, other in (pair, pair[::-1]):
                at = text.find(name)
                bare = text.replace(name, "") if other in name else text  # 财政科技支出 holds 科技支出
                if at >= 0 and other not in bare:
                    found.append((at, at + len(name), other))
        return found


def stated_aliases(texts: Iterable[str]) -> list[tuple[str, str]]:
    """(short, full) as the texts state them: 国家可持续发展议程创新示范区（以下简称“示范区”）. A full name begins behind the last verb or
    preposition before it; a short one whose characters are not all in the full name is taken for something else and left out.
    """
    found: dict[tuple[str, str], None] = {}
    for text in texts:
        for match in _STATED.finditer(text):
            behind = _BEGINS_BEHIND.match(match["full"])
            full = match["full"][behind.end() if behind else 0 :].strip("“”《》")
            for name in _NAMES.finditer(match["short"]):
                short = name["quoted"] or name["bare"]
                apt = len(full) >= _LEAST_FULL_CHARS and len(short) < len(full) and set(short) <= set(full)
                if apt and short not in _OF_ONE_TEXT:
                    found[short, full] = None
    return list(found)
