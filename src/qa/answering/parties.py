"""Who did what: somebody is an answer only where the text tells of them the part that is asked for (主持, 汇报, 签字, 局长 of which body)."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.candidates.organisation import ORGANISATION
from qa.answering.candidates.person import OFFICE, SURNAMES, office_before
from qa.answering.events import only_passed_on
from qa.answering.roles import Role
from qa.answering.support import held
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, BlockRole, Question
from qa.text.in_order import stands_in_order

_WHO = r"(?:谁|哪一?(?:[位个名]|些)|何人|什么人)"


def _parts(*rows: tuple[str, str, str]) -> tuple[Role, ...]:
    """由谁主持, 主持人是谁, 汇报工作的是哪位, 谁代表校方签的字."""
    return tuple(
        Role(
            re.compile(
                rf"{_WHO}[^，。？?]{{0,10}}(?:{does})|(?:{does})(?:人|者|专家|嘉宾|领导)?[^，。？?]{{0,4}}(?:是|为|叫){_WHO}|(?:{does})[^，。？?]{{0,12}}的(?:人|领导|同志)?(?:是|为){_WHO}"
            ),
            re.compile(told),
            name,
        )
        for does, told, name in rows
    )


_PARTS = _parts(
    ("主持", r"主持|召集|组织召开", "主持"),
    ("交流发言|典型发言|表态发言", r"交流发言|典型发言|表态", "交流发言"),
    ("致[辞词]", r"致[辞词]|讲话|发言", "致辞"),
    ("讲话|发言", r"讲话|发言|致[辞词]|指出|强调|表示|要求|提出|说", "讲话"),
    ("汇报", r"汇报|报告|介绍|说明", "汇报"),
    ("接待|迎接", r"接待|会见|会谈|陪同|迎|座谈", "接待"),
    ("陪同|随行|同行", r"陪同|随同|随行|一同|一道|偕同|会同|同行|参加", "陪同"),
    ("签[字署约订的](?!仪式|活动|会)|落[的了]?笔", r"(?<!见证)(?<!主持)签(?![约字署订](?:仪式|活动|会))", "签署"),
    ("起草|执笔|撰写|谁写的", r"起草|执笔|撰|编写|编制", "起草"),
    ("请假|缺席|没来|没到|未到会|未参加|未出席|没参加|没出席", r"请假|缺席|未(?:到|参|出席)|因(?:故|事)", "请假"),
    (
        "授课|讲的?课|讲了课|上的?课|主讲|作了?[^，。？?]{0,6}(?:报告|讲座)",
        r"授课|讲课|主讲|讲座|报告|宣讲|解读|讲解|培训",
        "授课",
    ),
    ("讲解", r"授课|讲课|主讲|讲座|解读|讲解|作了?[^，。；]{0,6}报告", "讲解"),
    ("宣读|代读", r"宣读|代读|宣布|传达", "宣读"),
    ("颁奖|颁发", r"颁", "颁奖"),
    ("带队|率队|领队", r"带队|率队|领队|带领|率领|率|[为任]组长|组长[：:为由]|[一-鿿]{2}一行(?!业|程)", "带队"),
    ("揭牌", r"揭牌|揭幕", "揭牌"),
    ("点评", r"点评|评价", "点评"),
    ("带头人|领军人物?|首席专家", r"带头|领衔|领军|首席|负责人|牵头", "带头"),
)
_ATTENDED = re.compile(rf"{_WHO}[^，。？?]{{0,8}}(?:参加|出席|到场|见证)")  # 哪位副校长参加了签约 did not sign
_WHICH_ATTENDED = re.compile(
    r"哪(?:些|几[个家所位名])(?:[^，。？?]{0,6}(?:单位|部门|机构|企业|公司|高校|大学|旗区|领导|嘉宾|专家|代表|负责人|人员?))[^，。？?]{0,6}(?P<does>参加|出席|参会|到会|到场|列席|与会|随行|陪同|同行)"
    r"|(?P<noun>参加|出席|参会|到会|列席|与会|随行|陪同|同行)的?(?:人员?|领导|嘉宾|单位|企业)(?:都)?(?:有|是|包括)(?:哪|谁)"
)
_BESIDES = re.compile(r"(?:还有|另外|其他|除了[^，。？?]{1,12})[^，。？?]{0,2}(?:哪|谁)|(?:还有|另外)(?:什么|啥)人")
_ATTENDS = re.compile(
    r"参加|出席|参会|到会|到场|列席|与会|陪同|参与|一同|共同|会同|联合|来自|一行|座谈|见证|负责人|负责同志|代表(?!团审议)|嘉宾|主持|[：:]"
)
_SENDS = re.compile(r"参加|出席|参会|到会|到场|列席|与会|陪同|参与|共同|会同|联合|来自|座谈|负责人|负责同志|代表|[：:]")
_COMES_ALONG = re.compile(r"陪同|随同|随行|一同|同行|参加|一并")
_IN_PART = 0.3
_HEARD = re.compile(r"听取(?:了)?[^，。；]{0,30}")  # who hears a report does not give it
_OFFICE_ASKED = re.compile(rf"的?(?P<office>{OFFICE.pattern})(?:现在|目前|又)?(?:是|由|叫|为)?(?:哪一?[位个]|谁|何人)")
_PARTY = re.compile(r"党(?:组织?|委|总?支部?|工委)")
_PARTY_OF = re.compile(
    r"(?P<body>[一-鿿]{2,}?(?:大学|学院|院|公司|集团|中心|医院|学校|研究所|高新区|开发区))(?:党(?:组|委|工委|总支|支部))$"
)
_WHOSE_PARTY = re.compile(
    rf"(?P<body>[一-鿿A-Za-z]{{2,16}}?(?:院|大学|公司|集团|中心|学校|研究所|[局厅委区]))的?{_PARTY.pattern}$"
)
_IN_CHARGE = re.compile(
    r"(?P<body>[一-鿿]{2,12}?[局厅委院])(?:里|内)?(?:分管|主管)[^，。？?]{1,12}的"
)  # 市农牧局分管畜牧业的副局长
_BODY = re.compile(r"(?:[室院系局厅部处委所站镇乡村]|苏木|街道|嘎查|社区|公司|集团|中心|大学|团队|协会|学会|银行)$")


def check_part_played(question: Question, view: PassageView, span: Range) -> Verdict:
    """Who chaired, spoke, received, signed … is told where the text says so: 边东 who 主持 and 听取汇报 did not 汇报."""
    for part in _parts_asked(question.text):
        if not part.told.search(view.unspaced) or not _is_told_of(part, question, view, span):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有写由谁{part.name}")
        if meeting := only_passed_on(question, view):
            return Verdict(AbstainReason.SUBJECT, f"资料中只说到“{meeting}”的精神，没有写由谁{part.name}")
    return SOUND


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _parts_asked(text: str) -> tuple[Role, ...]:
    return () if _ATTENDED.search(text) else tuple(part for part in _PARTS if part.asked.search(text))


def _is_told_of(part: Role, question: Question, view: PassageView, span: Range) -> bool:
    """Whether the sentence tells the part somewhere else than in what is heard, for a person's name; what is no person may stand anywhere."""
    if view.passage.role is not BlockRole.BODY:
        return True
    if question.kind is not AnswerKind.PERSON and part.name != "交流发言":
        return True
    sentence = "".join(view.folded[slice(*view.sentence_of(*span))].split())  # 执　笔
    told = _HEARD.sub("", sentence) if part.name == "汇报" else sentence
    return part.told.search(told) is not None


_OF_WHICH_BODY = re.compile(
    r"(?:是|在|来自)哪一?[个家所](?:单位|机构|部门|公司|企业|大学|学校)(?:的人?(?=[？?\s]*$|什么|啥|何)|工作|任职|上班|[？?\s]*$)"
)
_IS_ASKED_ABOUT = re.compile(r"(?:同志|先生|女士|教授|院士)?[，,]?|\s.*")  # not 李明会见的是哪家企业
_TITLE_BETWEEN = re.compile(r"[^，。；、：:]{0,16}")
_TITLE_BEHIND = re.compile(r"[ 　]*[（(，,：:|][^。；\n]{0,12}")


def _of_nobody_asked(question: Question, view: PassageView, span: Range) -> str:
    """The person whose body is asked for (王革是哪个单位的), where the body at ``span`` is told of none of that name: it stands in the title
    before it or in what is said right behind; empty elsewhere.
    """
    asked = _OF_WHICH_BODY.search(question.text) if question.kind is AnswerKind.ORGANISATION else None
    if asked is None:
        return ""
    persons = [
        each.text
        for each in question.words
        if each.tag == "nr"
        and len(each.text) > 1
        and each.text[0] in SURNAMES
        and _IS_ASKED_ABOUT.fullmatch(question.text, each.end, max(each.end, asked.start()))
    ]
    for person in persons:
        for match in re.finditer(re.escape(person), view.text):
            if span[1] <= match.start() and _TITLE_BETWEEN.fullmatch(view.text, span[1], match.start()):
                return ""
            if match.end() <= span[0] and _TITLE_BEHIND.fullmatch(view.text, match.end(), span[0]):
                return ""
    return persons[0] if persons else ""


def check_body(question: Question, view: PassageView, span: Range) -> Verdict:
    """Whose 主任 or 局长 is asked for: the office before the name has to be that body's, where it says whose it is."""
    if person := _of_nobody_asked(question, view, span):
        return Verdict(AbstainReason.SUBJECT, f"资料中这里没有写{person}是哪个单位的")
    asked = _OFFICE_ASKED.search(question.text)
    if asked and question.kind is AnswerKind.PERSON and ORGANISATION.search(view.slice(span)):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写这位{asked.group('office')}是谁")
    office = office_before(view, span[0]) if asked else ""
    body = next((each.text for each in question.words if asked and each.end == asked.start()), "")
    own = OFFICE.split(office)[0]
    if asked and _PARTY.fullmatch(body) and (theirs := _PARTY_OF.search(own)):
        whose = _WHOSE_PARTY.search(question.text, 0, asked.start())
        if whose and not stands_in_order(whose["body"], theirs["body"]):  # a university's 党委书记 is none of 先进院
            return Verdict(AbstainReason.SUBJECT, f"资料中这位是“{office}”，不是“{whose['body']}”的")
    in_charge = _IN_CHARGE.search(question.text) if asked and question.kind is AnswerKind.PERSON else None
    if (
        in_charge
        and len(own) > 1
        and _BODY.search(own)
        and not stands_in_order(own.lstrip("市区旗县"), in_charge["body"])
    ):
        return Verdict(AbstainReason.SUBJECT, f"资料中这位是“{office}”，不是“{in_charge['body']}”的")
    if not _BODY.search(body) or len(own) < 2:
        return SOUND
    zones = (own, view.folded[view.sentence_of(*span)[0] : span[0]])
    written = (body, *question.same.get(body, ()))
    if own in body or any(each in zone or held(each, zone) > _IN_PART for each in written for zone in zones):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中这位是“{office}”，不是“{body}”的")


def check_attended(question: Question, view: PassageView, span: Range) -> Verdict:
    """Who attended is told where the text says so: a bureau that is given a task there (由市科技局牵头起草) was not said to be there."""
    asked = _WHICH_ATTENDED.search(question.text)
    if asked is None or view.passage.role is not BlockRole.BODY:
        return SOUND
    if (asked["does"] or asked["noun"]) in {"随行", "陪同", "同行"}:
        told = _COMES_ALONG
    else:
        told = _SENDS if _A_BODY.search(asked.group()) else _ATTENDS
    sentence = view.folded[slice(*view.sentence_of(*span))]
    if _BESIDES.search(question.text):
        sentence = sentence.replace("主持", "")  # who chaired is not who else came
    if told.search(sentence):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, "资料中没有写谁参加了")


_A_BODY = re.compile(r"单位|部门|机构|企业|公司|高校|大学|旗区")
_ASKS_FOR_LEADERS = re.compile(r"哪(?:些|几[位个名])[^，。？?]{0,4}(?:领导|嘉宾|院士|代表)")
_NAMES_LEADERS = re.compile(r"[长记任理席]|院士|教授|专家|代表|负责人|领导|班子")


def check_leaders(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where leaders or guests are asked for, an answer names some: by name or by office."""
    if not _ASKS_FOR_LEADERS.search(question.text) or _NAMES_LEADERS.search(view.slice(span)):
        return SOUND
    named = any(
        each.tag.startswith("nr") and each.text[0] in SURNAMES
        for each in view.words
        if span[0] <= each.start and each.end <= span[1]
    )
    return SOUND if named else Verdict(AbstainReason.SUBJECT, "资料中没有写所问的人")


_PROJECT = re.compile(r"(?P<which>[^，。？?、的]{2,18}?)(?:项目|课题)")
_SAYS_LITTLE = frozenset(
    "科技 科研 重大 重点 市级 自治区 国家 财政 专项 资金 推广 示范 技术 研究 开发 应用 关键 成果 转化 产业 产业化 建设 计划 年度 验收 牵头 承担 负责".split()
)


_QUOTED_PROJECT = re.compile(r"[“「](?P<name>[^”」]{4,40})[”」]\s*(?:项目|课题)")


def check_another_project(question: Question, view: PassageView, span: Range) -> Verdict:
    """6800万元 of the project “手性药物连续流合成工艺开发” is no sum of 高寒动车组齿轮箱状态监测, which the passage names as well."""
    if question.kind is not AnswerKind.NUMBER:
        return SOUND
    projects = list(_QUOTED_PROJECT.finditer(view.folded))
    named = [each for each in projects if each["name"] in question.text]
    if not named:
        return SOUND
    first, _ = view.sentence_of(*span)
    begun = max(view.folded.rfind(mark, first, span[0]) for mark in "；;")
    before = [each for each in projects if max(first, begun) <= each.start() < span[0]]
    if before and before[-1]["name"] not in question.text:
        return Verdict(AbstainReason.SUBJECT, f"资料中的数字是“{before[-1]['name']}”的")
    return SOUND


def check_project(question: Question, view: PassageView) -> Verdict:
    """Who leads or examined 沙棘叶黄酮项目 is not told of a project of which no word is that one's (煤矸石陶粒)."""
    match = _PROJECT.search(question.text) if question.kind is AnswerKind.PERSON else None
    if match is None:
        return SOUND
    first, last = match.span("which")
    named = [
        each.text
        for each in question.words
        if first <= each.start
        and each.end <= last
        and len(each.text) > 1
        and each.tag[:1] in "nxj"
        and each.tag != "ns"
        if each.text not in _SAYS_LITTLE
    ]
    if not named or any(held(each, view.spoken) >= _IN_PART for each in named):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中没有“{match['which']}”项目的相关内容", absent=True)
