"""People named in a text: by the analyzer's word classes, their surnames, and the titles and tasks beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.citing.ranges import Range
from qa.records import Word

PERSON_TAGS = frozenset({"nr", "nrfg", "nrt", "nrj"})
_TITLE = re.compile(
    r"(?:书记|[市区旗县省局厅部处科司署行校院所会]长|秘书长|理事长|董事长|主席|主任|经理|巡视员|调研员|总理|总书记"
    r"|教授|院士|研究员|编辑|审核|签发人|联系人|代表|委员|记者)[:：\s]{0,2}$"
)
_ANY_TITLE = re.compile(
    r"(?:常务副|副|代)?(?:总书记|书记|秘书长|理事长|董事长|总经理|[市区旗县省局厅部处科司行校院所会组]长|主席|主任|总理"
    r"|巡视员)"
)
_FULL_TITLE = re.compile(f"(?:{_ANY_TITLE.pattern})$")
_ROLES = "总编辑|执行编辑|责任编辑|编辑|审核|校对|签发人?|联系人"
_IMPRINT_ROLE = re.compile(
    rf"(?P<role>{_ROLES})\s*[:：]\s*(?P<name>[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){{1,3}})(?![\u4e00-\u9fff])"
)
_PARTICLES = frozenset("p c v d u uj ud ul y r m q t".split())
_NOT_PEOPLE = frozenset(
    """
    康巴什 准格尔 乌审 达拉特 伊金霍洛 杭锦 鄂托克 东胜 高新 和平 明确 红头 金融 双碳 兴蒙 安康 向阳 高质量 高层次
    顾问 宣贯会 宣贯 鄂府 山羊绒 山羊 万元 全区 全市 全国 高标准 高水平 高校 高端 广大 文明 文化 通报 通知 成果 成效
    成功 容量 富民 国家 国际 关于 关键 强化 强调 安全 时代 平台 项目 满意 解决 向好 易地 管理 计划 应用 路径 支持
    支撑 利用 利益 贡献 印发
        """.split()
)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧肖尹姚邵汪祁毛禹狄米贝"
    "明臧计成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支"
    "柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀甄曲家封储靳井段富巫乌焦巴弓牧隗山谷车侯宓"
    "全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶郜黎薄印白蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党"
    "翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终"
    "暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越隆师巩聂晁勾敖融冷訾辛阚那简饶空曾毋沙养鞠须丰巢关蒯相查后荆"
    "红游竺权逯盖益桓公涂付仝佟苟郟郄闫闾苑敬降仉商牟海岳帅"
)
_BODY_AFTER = re.compile(r"会(?![见同谈晤商])|[部局厅院校所团组]")
_ALSO_COMMON_WORDS = frozenset("双能容从后全国广通都应经管安时计成年和向古平明常于")
_NO_GIVEN_NAME = frozenset("旗市县区盟州省谷池票贷券会局部院校网报化性型式度率力")
_ABSTRACT_ENDS = "化性型式度率力"
_FUNCTION_ENDS = "于作在到就对与和为是任称说率带赴向将等的同会从"


def with_people(words: Sequence[Word]) -> list[Word]:
    """``words`` with the names among the words of the user's dictionary (which have no class of their own) as names."""
    return [word._replace(tag="nr") if word.tag == "nz" and _like_a_name(word.text) else word for word in words]


def _like_a_name(word: str) -> bool:
    surname = word[0] in _SURNAMES and word[0] not in _ALSO_COMMON_WORDS
    return surname and 2 <= len(word) <= 3 and word[-1] not in _NO_GIVEN_NAME and word not in _NOT_PEOPLE


def find_people(text: str, words: Sequence[Word], elsewhere: Iterable[Range] = ()) -> list[Range]:
    """Spans of people's names, none inside ``elsewhere`` (organisations, places).

    ``words`` come from :func:`with_people`; after a title a name is completed (市长孔繁 + 飞).
    """
    taken = list(elsewhere)
    found: list[Range] = []
    for at, word in enumerate(words):
        inside_other = any(start <= word.start < end for start, end in [*taken, *found[-1:]])
        if word.tag not in PERSON_TAGS or inside_other:
            continue
        after_title = ends_with_title(text[: word.start])
        span = (word.start, _name_end(text, words, at, after_title))
        if _reads_as_name(text, span, after_title):
            found.append(span)
    return found


def _name_end(text: str, words: Sequence[Word], at: int, after_title: bool) -> int:
    """Where the name that begins with a word ends: a short one may go on in the next word, a long one may hold 于 or 在."""
    word, end = words[at], words[at].end
    following = words[at + 1] if at + 1 < len(words) else None
    if following is not None and following.start == end and end - word.start < 3 and following.end - word.start <= 3:
        joins = following.tag in PERSON_TAGS or (after_title and following.tag not in _PARTICLES)
        end = following.end if joins else end
    return end - 1 if end - word.start == 3 and text[end - 1] in _FUNCTION_ENDS else end


def _reads_as_name(text: str, span: Range, after_title: bool) -> bool:
    name = text[span[0] : span[1]]
    if not (2 <= len(name) <= 4 and name[0] in _SURNAMES and name.isalpha()) or name in _NOT_PEOPLE:
        return False
    return after_title or not (_BODY_AFTER.match(text, span[1]) or name[-1] in _ABSTRACT_ENDS)


def ends_with_title(text: str) -> bool:
    """Whether ``text`` ends with a title, a task of an imprint, or such a word: 市长, 编辑：."""
    return bool(_TITLE.search(text[-6:]))


def title_of(text: str, person: Range) -> str:
    """The title right before a name, with 副 and 代: 副市长; empty where there is none."""
    match = _FULL_TITLE.search(text[max(0, person[0] - 8) : person[0]].rstrip())
    return match.group() if match else ""


def post_of(text: str, person: Range) -> tuple[str, int]:
    """The title that a text gives a person right before the name, with 由 or 是 between (主任由王某担任), and where it begins."""
    before = text[max(0, person[0] - 9) : person[0]].rstrip()
    linked = re.sub(r"[由是为：:]$", "", before)
    match = _FULL_TITLE.search(linked)
    return (match.group(), person[0] - len(before) + match.start()) if match else ("", person[0])


def titles_before(text: str, person: Range) -> set[str]:
    """Every title in the run before a name: 自治区党委书记、自治区党委财经委员会主任石泰峰."""
    run = re.split(r"[，。；：!?！？\n”》]", text[max(0, person[0] - 40) : person[0]])[-1]
    return {match.group() for match in _ANY_TITLE.finditer(run)}


def roles_of(text: str) -> dict[str, Range]:
    """Who an imprint names for each task: 编辑：程继东, 签发人:张秀玲; the span of the name."""
    found = {}
    for match in _IMPRINT_ROLE.finditer(text):
        found[match["role"]] = match.span("name")
    return found


def role_in_claim(text: str, person: Range) -> str:
    """The task that a claim gives a person (审核是乔栋, 由乔栋编辑); empty where it gives none."""
    before = re.search(rf"({_ROLES})(?:工作)?[是为由：:]?\s*$", text[max(0, person[0] - 8) : person[0]])
    after = re.match(rf"(?:负责|担任|任)?({_ROLES})", text[person[1] : person[1] + 8])
    match = before or after
    return match.group(1) if match else ""


def stands_as_person(text: str, span: Range) -> bool:
    """Whether a name stands where people do: after a title, or where a clause or another part of a list begins."""
    before = text[max(0, span[0] - 6) : span[0]].rstrip()
    return not before or bool(_TITLE.search(before)) or before[-1] in "，。；：、和与由及日\n”》（"
