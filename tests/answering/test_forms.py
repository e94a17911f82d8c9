from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.candidates.organisation import organisations_in
from qa.answering.extents import whole_extent
from qa.answering.forms import check_form
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question

LETTER = "赵芳代表：\n您提出的建议收悉。经会同市财政局、市人才工作局研究，现答复如下：\n一、工作开展情况"
TABLE = "平台类型|评估周期|不合格处理\n中试基地|2年|限期6个月整改，整改仍不合格的取消备案\n技术转移机构|1年|取消备案"


@pytest.mark.parametrize(
    ("question", "told", "words"),
    [
        ("获奖成果是由哪家企业牵头的？", "该成果由旗内企业牵头、联合两所高校完成。", "成果由旗内企业"),
        ("基金是跟哪所高校一起建的", "张家口市与高校共建成果转化基金。", "与高校"),
        ("这个平台是哪家公司建的？", "平台由区内高新技术企业承建。", "区内高新技术企业"),
        ("承担项目的企业叫什么？", "3家科技型中小企业承担了项目。", "3家科技型中小企业"),
        ("已投产的企业都叫什么名字", "产业园开工企业13家、投产7家。", "产业园开工企业13家、投产7家"),
        ("被撤销的4家重点实验室叫什么", "新认定21家、因评估不合格撤销4家。", "新认定21家、因评估不合格撤销4家"),
        ("被评为差的是哪两个项目？", "收回2个项目结余资金680万元。", "收回2个项目结余资金680万元"),
        ("被撤销的4家重点实验室叫什么", "优秀9家、良好21家、不合格4家。", "优秀9家、良好21家、不合格"),
        ("已备案的2家基地都叫什么", "自治区备案中试基地38家，其中当年新备案9家。", "自治区备案中试基地38家"),
        (
            "被评为差的是哪两个项目？",
            "一是强化管理。二是用好资金。三是收回结余。",
            "一是强化管理。二是用好资金。三是收回结余",
        ),
        ("被取消资格的是哪个单位的人？", "各盟市人力资源和社会保障局、科技局：\n现决定如下。", "科技局"),
        ("4个项目都是谁承担的", "4个项目被终止，收回财政资金96万元。", "财政资金96万元"),
        ("会议的开会地点是哪里", "2月20日，全市科技工作会议召开。", "2月20日"),
        (
            "项目分别由哪些单位承担？",
            "以习近平新时代中国特色社会主义思想为指导，各项目标任务总体完成较好。",
            "以习近平新时代中国特色社会主义思想为指导，各项目标任务总体完成较好",
        ),
        ("工作组由哪些部门组成？", "统筹推进创新驱动、产业升级和绿色转型。", "创新驱动、产业升级和绿色转型"),
        ("代表对答复满意不满意", LETTER, "经会同市财政局、市人才工作局研究，现答复如下：\n"),
        ("代表对答复满意不满意", LETTER, "现答复如下"),
        ("中试基地不合格怎么处理", TABLE, "平台类型|评估周期|不合格处理"),
        ("领奖补需要交哪些申请材料？", "首次认定的，奖补50万元；重新认定的，奖补20万元。", "奖补50万元"),
        ("验收没通过会怎么处理", "承担单位应在期满后3个月内提出验收申请。", "提出验收申请"),
        ("收入为什么增长这么快？", "收入完成158.33亿元，比上年增长15.7%。", "比上年增长15.7%"),
        ("市长提出的“四有”要求", "二是加快科技大市场建设，完善平台功能。", "加快科技大市场建设"),
    ],
)
def test_what_is_not_made_as_the_question_wants_is_no_answer(
    question: str, told: str, words: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(words)
    assert check_form(ask(question), view(told), (start, start + len(words))).reason


@pytest.mark.parametrize(
    ("question", "told", "words"),
    [
        ("获奖成果是由哪家企业牵头的？", "成果由内蒙古蒙晟矿业有限公司牵头完成。", "内蒙古蒙晟矿业有限公司"),
        ("基金是跟哪所高校一起建的", "与河北工业大学共建基金。", "河北工业大学"),
        ("由哪个单位负责管理？", "依托单位是建设运行的责任主体。", "依托单位"),
        ("哪类企业能申领创新券？", "科技型中小企业可申领创新券。", "科技型中小企业"),
        ("哪些领域有中试基地？", "稀土新材料6家、装备制造3家。", "稀土新材料6家、装备制造3家"),
        ("项目分成哪几类？", "重大项目2项、重点项目4项。", "重大项目2项、重点项目4项"),
        (
            "债券用于哪三个项目？",
            "用于标准厂房（3.5亿元）、旗中医医院迁建（1.5亿元）和城镇管网（1.2亿元）三个项目。",
            "标准厂房（3.5亿元）、旗中医医院迁建（1.5亿元）和城镇管网（1.2亿元）",
        ),
        ("工作组由哪些部门组成？", "由市科技局、市财政局、市工信局组成。", "市科技局、市财政局、市工信局"),
        ("经哪些部门研究答复的？", LETTER, "市财政局、市人才工作局"),
        ("中试基地不合格怎么处理", TABLE, "限期6个月整改，整改仍不合格的取消备案"),
        ("申报需要哪些材料？", "须提交申报书、营业执照复印件。", "申报书、营业执照复印件"),
        ("验收没通过会怎么处理", "未通过验收的，收回结余资金。", "收回结余资金"),
        ("收入为什么增长这么快？", "主要原因：一是资源税政策全年执行。", "一是资源税政策全年执行"),
        ("总体要求是什么？", "以习近平新时代中国特色社会主义思想为指导。", "以习近平新时代中国特色社会主义思想为指导"),
        ("市长提出的“四有”要求", "要做到“有场地、有人员、有机制、有成交”。", "有场地、有人员、有机制、有成交"),
        ("主要是哪两个问题？", "一是投入不足。二是人才缺乏。", "一是投入不足。二是人才缺乏"),
        ("“两化”是指什么", "推进绿色化、数字化改造。", "绿色化、数字化"),
    ],
)
def test_what_is_made_as_the_question_wants_is_kept(
    question: str, told: str, words: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(words)
    verdict = check_form(ask(question), view(told), (start, start + len(words)))
    assert not verdict.reason, verdict.detail


@pytest.mark.parametrize(
    ("question", "told", "first", "whole"),
    [
        (
            "申请创新券要同时满足什么条件？",
            "企业须具备以下条件：一是在我市注册；二是与服务机构无隶属关系；三是近两年无失信记录。\n咨询电话：略",
            "一是在我市注册",
            "一是在我市注册；二是与服务机构无隶属关系；三是近两年无失信记录",
        ),
        (
            "收入为什么增长？",
            "主要原因：一是资源税政策全年执行；二是清缴以前年度税款11.4亿元。税收占比71%。",
            "一是资源税政策全年执行",
            "一是资源税政策全年执行；二是清缴以前年度税款11.4亿元",
        ),
        (
            "主要问题是什么？",
            "一是投入不足。二是人才缺乏。下一步将改进。",
            "一是投入不足",
            "一是投入不足。二是人才缺乏",
        ),
        ("主要问题是什么？", "一是投入不足。二是人才缺乏。", "二是人才缺乏", "二是人才缺乏"),
        ("主要问题是什么？", "一是投入不足。", "一是投入不足", "一是投入不足"),
    ],
)
def test_all_that_is_counted_is_told(
    question: str, told: str, first: str, whole: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(first)
    place = whole_extent(ask(question), view(told), (start, start + len(first)))
    assert told[slice(*place)] == whole


def test_a_clause_in_place_of_a_list_names_bodies_too(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    question = replace(ask("项目的参加单位有哪些高校"), kind=AnswerKind.CLAUSE)
    told = view("2月22日，关键技术项目通过验收。项目由东江工业大学牵头。")
    assert check_form(question, told, (0, told.text.index("。"))).reason
    assert not check_form(question, told, (told.text.index("项目由"), len(told.text) - 1)).reason


def test_the_members_of_a_short_form_are_found(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    told = "招商要做到全员、全域、全年，精准引进先进适用技术。"
    for text in ("招商要做到哪“三全”？", "招商的“三全”是什么", "招商“三全”"):
        found = candidates_for(ask(text), view(told))
        assert "全员、全域、全年" in [told[each.start : each.end] for each in found]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("自治区人力资源和社会保障厅、自治区科技厅组织开展评选。", "自治区人力资源和社会保障厅"),
        ("市财政局、市工业和信息化局。", "市工业和信息化局"),
        ("1|协同控制技术|内蒙古兴盛达矿业有限公司|北辰智行科技有限公司|2400", "内蒙古兴盛达矿业有限公司"),
        ("该提案由市科技局主办。", "市科技局"),
    ],
)
def test_a_body_has_its_whole_name(told: str, name: str, view: Callable[..., PassageView]) -> None:
    assert name in [told[slice(*each)] for each in organisations_in(view(told))]


FAIR = "牵头筹办第九届中国·甲城农畜产品交易博览会，拟于2025年8月下旬举办。"
RULE = "肉牛屠宰加工企业年屠宰本地肉牛1万头以上的，每头奖补100元。"
SHARED = "联播平台由甲体育传媒有限公司担任总运营商，外资持有49%的股份。"
HIRED = "旗科技局聘请第三方机构开展“一对一”辅导，单家企业不少于3次。"
FEW = "企业创新能力不强，高新技术企业主要集中在农畜产品加工领域，装备制造领域仅有4家。"
COURSE = "3月18日，旗科技局联合旗税务局举办政策辅导会，52家企业参加。"


@pytest.mark.parametrize(
    ("question", "kind", "told", "answer", "sound"),
    [
        ("第九届农畜产品交易博览会在哪里举办？", AnswerKind.PLACE, FAIR, "中国", False),
        (
            "农畜产品交易会在哪里举办？",
            AnswerKind.PLACE,
            "第九届农畜产品交易会在甲城会展中心举办。",
            "甲城会展中心",
            True,
        ),
        ("哪家屠宰企业拿到了奖补？", AnswerKind.ORGANISATION, RULE, "肉牛屠宰加工企业", False),
        (
            "哪家屠宰企业拿到了奖补？",
            AnswerKind.ORGANISATION,
            "奖补给了内蒙古草原牛业有限公司。",
            "内蒙古草原牛业有限公司",
            True,
        ),
        (
            "联播平台的总运营商是谁？",
            AnswerKind.ORGANISATION,
            SHARED,
            "甲体育传媒有限公司担任总运营商，外资持有49%的股份",
            True,
        ),
        (
            "屋顶由什么材料制成？",
            AnswerKind.CLAUSE,
            "屋顶由聚四氟乙烯和玻璃纤维混合制成。",
            "聚四氟乙烯和玻璃纤维混合",
            True,
        ),
        ("申报要交什么材料？", AnswerKind.CLAUSE, "申报补助最高50万元，限期一个月。", "申报补助最高50万元", False),
        ("为什么又称“三遂”？", AnswerKind.CLAUSE, "因为三个主角的名字都有遂字。", "因为三个主角的名字都有遂字", True),
        ("镇里有几个村和社区？", AnswerKind.NUMBER, "全镇辖8个村、2个社区。", "8个村、2个社区", True),
        ("甲公司在500强名单中排名多少？", AnswerKind.NUMBER, "甲公司在500强名单中占第147位。", "第147位", True),
        ("做辅导的第三方机构叫什么名字？", AnswerKind.ORGANISATION, HIRED, "旗科技局", False),
        ("哪个部门聘请第三方机构做辅导？", AnswerKind.ORGANISATION, HIRED, "旗科技局", True),
        (
            "装备制造领域的4家都是哪些企业？",
            AnswerKind.CLAUSE,
            FEW,
            "高新技术企业主要集中在农畜产品加工领域，装备制造领域仅有4家",
            False,
        ),
        ("获得先进称号的企业是谁？", AnswerKind.PERSON, "其余4家企业获先进称号，各奖5万元。", "其余4家企业", False),
        ("政策辅导会在什么地方开的？", AnswerKind.PLACE, COURSE, "政策", False),
        ("政策辅导会是哪位讲的课", AnswerKind.PERSON, COURSE, "旗税务局", False),
        ("政策辅导会由谁举办", AnswerKind.PERSON, COURSE, "旗税务局", True),
    ],
)
def test_an_event_a_sort_and_a_body_are_no_place_no_firm_and_nobody(
    question: str, kind: AnswerKind, told: str, answer: str, sound: bool,
    ask: Callable[[str], Question], view: Callable[..., PassageView],
) -> None:  # fmt: skip
    start = told.index(answer)
    verdict = Guard(replace(ask(question), kind=kind), view(told)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
