"""Which relation a question asks for (目的, 原因, 做法, 要求, 结果, 评价, 定义), and by which words a clause tells it."""

from __future__ import annotations

import re

# (how it is asked for, how a clause tells it). ^ ties a cue to the beginning of the answer.
_RELATIONS = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (  # 目的
            r"目的|为了什么|图的|图什么|为何|为什么|为啥|用意|意图|想(?:要|收到|达到|推动|实现|起到)|为的是",
            r"^(?:旨在|以便|以期|从而|打造|助推|推动|推进|实现|提升|助力|促进|构建|营造|确保|争取|为了|为(?!主|期))",
        ),
        (r"为什么|为何|为啥|原因|缘由|何以|出于", r"^(?:为(?!主|期)|由于|因|针对|鉴于|面对)"),
        (  # 做法
            r"如何|怎么|怎样|怎麼|做法|举措|措施|手段|方式|办法|靠什么|用什么|通过什么",
            r"^(?:通过|采取|以|借|用|把|将|建立|实行|开展|设立|对|由|加强|强化|鼓励|支持|引导|推动|健全|完善|制定|创新|探索|推进|全方位)",
        ),
        (  # 要求
            r"要求|提出|强调|希望|部署|指出|嘱托|指示|任务|目标|说|表示|表态",
            r"^(?:要|应|必须|须|将|加快|进一步|持续|努力|坚持|争取|到20)",
        ),
        (  # 结果
            r"效果|结果|成效|成果|收到|取得|作用|带来|影响|意义|重要性|缺口|弥补",
            r"达成|取得|实现|解决|形成|填补|标志着|意义|作用|有力|助推|带动|提升",
        ),
        (  # 评价
            r"评价|地位|水平|位置|形容|定位|什么样|特点|条件|优待|标准",
            r"首个|首位|首家|领先|优秀|之路|第一|具有|有[^，]{1,6}、有|肯定|能够|不低于|不超过",
        ),
        (r"是什么|什么是|指什么|指的是|概念|定义|含义|意思|什么叫|叫做", r"(?:是指|指的是|即|是)"),
    )
)
_ANNOUNCES = re.compile(r"发布消息|召开|印发|出台|报道|主持|会议指出|会议强调|强调时|出席|举行")


def tells_what_is_asked(question: str, words: str) -> bool:
    """Whether ``words`` begin with, or hold, a cue of a relation that ``question`` asks for."""
    return any(asked.search(question) and told.search(words) for asked, told in _RELATIONS)


def announces(words: str) -> bool:
    """Whether ``words`` tell that something was held or published instead of what it says (3月17日，科技厅召开调度会)."""
    return bool(_ANNOUNCES.search(words))
