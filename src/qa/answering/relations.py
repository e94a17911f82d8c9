"""Which relation a question asks for (目的, 原因, 做法, 要求, 结果, 评价, 定义), and by which words a clause tells it."""

from __future__ import annotations

import re
from functools import lru_cache

_LED_IN = r"^(?:[既又并也还更]|要|将|应|积极|大力|不断|持续|充分|进一步|更加|全面|着力)*"
_ANY = r"(?!)"
# (how it is asked for, how a clause tells it outright, how it may tell it). ^ ties a cue to the beginning of the answer.
_RELATIONS = tuple(
    (re.compile(asked), re.compile(told), re.compile(hinted))
    for asked, told, hinted in (
        (  # 目的
            r"目的|为了什么|图的|图什么|为何|为什么|为啥|用意|意图|想(?:要|收到|达到|推动|实现|起到)|为的是",
            r"^(?:旨在|以便|以期|从而|为了|为(?!主|期|例))",
            rf"{_LED_IN}(?:打造|助推|推动|推进|实现|提升|助力|促进|构建|营造|确保|争取)",
        ),
        (
            r"为什么|为何|为啥|原因|缘由|何以|出于",
            r"^(?:为(?!主|期|例)|由于|因|针对|鉴于|面对|主要(?:是|系|因|由于|得益))|原因(?:有|是|为|在于|[：:])|得益于",
            _ANY,
        ),
        (  # 做法
            r"如何|怎么|怎样(?!的)|怎麼|做法|举措|措施|手段|方式|办法|靠什么|用什么|通过什么",
            rf"{_LED_IN}(?:通过|采取|借助?|以|用|把)",
            rf"{_LED_IN}(?:将|对|由|建立|实行|开展|设立|加强|强化|鼓励|支持|引导|推动|健全|完善|制定|创新|探索|推进|全方位)",
        ),
        (  # 要求
            r"要求|提出|强调|希望|部署|指出|嘱托|指示|任务|目标|说|表示|表态",
            r"^(?:要|应|必须|须)",
            r"^(?:将|加快|进一步|持续|努力|坚持|争取|到20)",
        ),
        (  # 结果
            r"效果|结果|成效|成果|收到|取得|作用|带来|影响|意义|意味着|重要性|缺口|弥补",
            r"达成|取得|填补|标志着|意义|作用|助推|迈出|正式开始",
            r"实现|解决|形成|有力|带动|提升",
        ),
        (  # 评价
            r"评价|地位|水平|位置|形容|定位|什么样|特点|条件|优待|标准",
            r"首个|首位|首家|领先|优秀|之路|第一|具有|不低于|不超过",
            r"有[^，]{1,6}、有|肯定|能够",
        ),
        (r"是什么|什么是|指什么|指的是|概念|定义|含义|意思|什么叫|叫做", r"是指|指的是|即", r"是"),
    )
)
_HINT = 0.5
_ANNOUNCES = re.compile(
    r"发布消息|发布了|召开|印发|出台|报道|主持|会议指出|会议强调|强调时|出席|举行|公开征求|接受[^，。]{0,8}采访"
)


def tells_what_is_asked(question: str, words: str) -> float:
    """1 when ``words`` tell a relation that ``question`` asks for outright, 0.5 when they may, else 0."""
    asked = _asked_for(question)
    if any(told.search(words) for told, _ in asked):
        return 1.0
    return _HINT if any(hinted.search(words) for _, hinted in asked) else 0.0


@lru_cache(maxsize=64)  # asked for each clause that a question finds
def _asked_for(question: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((told, hinted) for asking, told, hinted in _RELATIONS if asking.search(question))


def asks_for_a_relation(question: str) -> bool:
    """Whether ``question`` names a relation it wants told, with or without an asking word (科技特派员制度的意义)."""
    return bool(_asked_for(question))


def announces(words: str) -> bool:
    """Whether ``words`` tell that something was held or published instead of what it says (3月17日，科技厅召开调度会)."""
    return bool(_ANNOUNCES.search(words))
