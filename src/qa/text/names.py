"""Mongolian names as Chinese documents write them: 王庆格日勒, 乌力吉图, 萨仁高娃. Segmentation cuts them, and none begins with a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.text.places import find_places

# What the given names are made of, by the usual ways of writing each.
_PARTS = (
    "阿古达木 阿古拉 阿荣 阿如汗 阿如娜 阿拉坦 阿拉腾 阿拉木斯 阿木古楞 阿木尔 阿斯如 阿斯楞 敖敦 敖登 敖日格勒 敖特根 昂沁 巴达玛 巴达拉 巴根 巴根那 "
    "巴雅尔 巴雅斯古楞 巴特尔 巴图 巴音 白音 白依拉 宝鲁德 宝音 宝力德 宝力高 宝力道 毕力格 毕力贡 毕利格 布和 布赫 布仁 布日古德 布音 查干 查娜 "
    "朝格 朝克 朝鲁 朝鲁门 朝伦 朝洛蒙 达布希拉图 达古拉 达来 达赖 达楞 达木丁 道尔吉 德力格尔 德勒格尔 都楞 敦德 额尔敦 额尔德尼 额尔德木图 额日和 恩和 恩克 嘎日迪 嘎如迪 嘎鲁 "
    "嘎拉 高娃 高勒 格根 格日勒 格日乐 格西格 古日扎布 哈达 哈斯 哈日 海日汗 呼布琴 呼格吉勒 呼格吉乐 呼和 呼努斯 呼日查 呼日乐 呼斯楞 浩斯 "
    "吉日嘎拉 吉日木图 吉雅 吉木斯 金花 苏德 孟克 孟和 孟根 孟都 满达 满都 满都呼 满都拉 满来 敏杰 莫日根 莫德格 牧仁 木仁 木其尔 娜布其 娜荷芽 娜日娜 娜日苏 娜仁 那木拉 那仁 "
    "那日苏 那顺 那音太 尼格木 宁布 诺敏 诺日布 诺尔金 其木格 其其格 齐木格 齐齐格 琪琪格 恰古拉 钦达木尼 青格勒 青格乐 庆格勒 庆格乐 庆格尔泰 仁钦 萨楚拉 萨出拉 萨尔娜 萨仁 萨日娜 "
    "萨如拉 萨茹拉 赛罕 赛汗 赛音 赛西雅拉图 桑布 沙仁 莎日娜 莎仁 绍布 斯琴 斯日古楞 斯钦 苏布达 苏布德 苏和 苏娜尔 苏日嘎 苏日力格 苏日娜 苏日塔拉图 苏雅拉 塔娜 塔拉 "
    "塔日雅 特格喜 特木尔 特木勒 特日格勒 特日格乐 通拉嘎 通拉格 图门 图力古尔 图雅 托雅 托娅 陶格套 陶格陶 娃 旺其格 乌恩 乌尔罕 乌尼尔 乌兰 乌力吉 乌仁 乌日更 乌日汗 "
    "乌日乐 乌日娜 乌日图 乌云 乌英嘎 希吉日 希日 锡林 席林 雅茹 伊德尔 伊勒图 伊拉勒 英格 扎木苏 扎那 扎木彦"
).split()
_MOST = 3  # parts in one name
_NAME = re.compile(
    rf"(?:{'|'.join(sorted(_PARTS, key=len, reverse=True))}){{1,{_MOST}}}(?:巴特尔|图|夫|其|胡|玛|仓|太|泰|汗)?"
)
_OF_A_PLACE = re.compile(
    r"[市旗县区镇乡村街路湖河江]|苏木|嘎查|浩特|察布|花镇|敖包|木伦|木独|陶勒盖|温都尔|布统|淖|牧骑"
)  # 乌兰木伦镇, 巴音敖包


@lru_cache(maxsize=512)  # a passage is asked for its names by every question that finds it
def mongolian_names(text: str) -> tuple[tuple[int, int], ...]:
    """Where such names stand, without a surname before them; places (乌兰察布, 巴彦淖尔) are none."""
    return tuple(_names(text))


def _names(text: str) -> Iterator[tuple[int, int]]:
    places = [(each.start, each.end) for each in find_places(text) if each.name]
    for match in _NAME.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end in places)
        if not inside and len(match.group()) > 1 and not _OF_A_PLACE.match(text, match.end()):
            yield match.span()
