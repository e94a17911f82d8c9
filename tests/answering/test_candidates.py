"""Stretches of the right form: whole names, whole numbers, whole lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.candidates.enumeration import items_of
from qa.answering.view import PassageView
from qa.records import Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]


def texts(question: Question, view: PassageView) -> list[str]:
    return [view.text[each.start : each.end] for each in candidates_for(question, view)]


def best(question: Question, view: PassageView) -> str:
    found = max(candidates_for(question, view), key=lambda each: each.fit)
    return view.text[found.start : found.end]


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("引进了多少个新品种？", "推广新技术384项，引进新品种556个；服务农牧民近3万户。", "556个"),
        ("服务了多少户农牧民？", "推广新技术384项，引进新品种556个；服务农牧民近3万户。", "近3万户"),
        ("实现经济效益多少钱？", "带动312人，实现经济效益1.7亿元。", "1.7亿元"),
        ("最高补助多少万元？", "项目66个，最高补助不超过500万元。", "最高补助不超过500万元"),
        ("规模以上工业企业有多少家？", "全旗规模以上工业企业71家，实现营业收入451.4亿元。", "71家"),
        ("历时多久？", "该项技术总投资5亿元，历时7年完成。", "7年"),
        ("排名第几？", "中国城市新质生产力排名第15位，共20名。", "第15位"),
        ("联系电话是多少？", "编辑：程继东\n电话：8589860\n（共印 20 份）", "8589860"),
        ("占一般公共预算的比例是多少？", "全市科技支出24.82亿元，占一般公共预算2.2%。", "2.2%"),
    ],
)
def test_numbers_of_the_kind_asked_for(ask: Ask, view: View, question: str, passage: str, expected: str) -> None:
    found = best(ask(question), view(passage))
    assert found.endswith(expected.removeprefix("最高补助")), found


def test_what_it_was_is_no_answer_to_what_it_is(ask: Ask, view: View) -> None:
    passage = view("国家高新技术企业、科技型中小企业由132家、111家，增长到330家、701家。")
    assert texts(ask("科技型中小企业有多少家？"), passage) == ["330家", "701家"]
    assert best(ask("科技型中小企业有多少家？"), passage) == "701家"
    assert texts(ask("国家高新技术企业原来有多少家？"), passage) == ["132家", "111家"]
    assert best(ask("国家高新技术企业原来有多少家？"), passage) == "132家"
    assert best(ask("科技型中小企业原先只有多少家？"), passage) == "111家"


def test_each_number_has_its_own_noun(ask: Ask, view: View) -> None:
    assert best(ask("重点实验室有多少？"), view("建成院士专家工作站13家、重点实验室4家。")) == "4家"


def test_recent_years_are_no_span_of_time(ask: Ask, view: View) -> None:
    assert texts(ask("铜陵这几年引进了几位专家？"), view("近年来引进退休专家36名，历时7年。"))[0] == "36名"


def test_what_answers_without_a_numeral(ask: Ask, view: View) -> None:
    assert texts(ask("总数排全区第几？"), view("6个旗区跻身一类旗县，总数居全区第一。")) == ["第一"]
    assert "首位" in texts(ask("获奖总数排在什么位次？"), view("获奖总数14项，位居各盟市首位。"))
    assert texts(ask("隔多久调度一次？"), view("科技厅将按季度对合作项目进行调度。")) == ["按季度"]


def test_money_is_no_answer_to_how_many_households(ask: Ask, view: View) -> None:
    assert "1.7亿元" not in texts(ask("历时几年？"), view("实现经济效益1.7亿元，历时7年。"))


def test_another_kind_of_number_is_no_money(ask: Ask, view: View) -> None:
    assert texts(ask("安排了多少人才资金？"), view("方案包括五个子方案。")) == []


@pytest.mark.parametrize(
    ("passage", "names"),
    [
        ("会议由自治区科技厅政策法规与监督处处长池波作政策解读。", ["池波"]),
        ("引进金之钧、武强、李根生、欧阳明高、朴哲范等院士。", ["金之钧", "武强", "李根生", "欧阳明高", "朴哲范"]),
        ("市委常委、副市长刘晓峰会见挪威技术与科学院院士白勇。", ["刘晓峰", "白勇"]),
        ("副市长孔繁飞与清华大学化学工程系主任王铁峰签署协议。", ["孔繁飞", "王铁峰"]),
        ("编辑：程继东\n审核：乔 栋\n电话：8589860", ["程继东", "乔 栋"]),
    ],
)
def test_persons_are_cut_whole(ask: Ask, view: View, passage: str, names: list[str]) -> None:
    assert list(dict.fromkeys(texts(ask("是谁？"), view(passage)))) == names


def test_only_the_holder_of_the_office_asked_for(ask: Ask, view: View) -> None:
    passage = view("副市长孔繁飞出席会议并讲话，市科技局局长边东作工作报告。")
    assert texts(ask("市科技局局长是谁？"), passage) == ["边东"]
    assert texts(ask("院长是谁？"), passage) == []


@pytest.mark.parametrize(
    ("passage", "name"),
    [
        ("中为（上海）能源技术有限公司在鄂尔多斯市开展示范。", "中为（上海）能源技术有限公司"),
        ("边东会见鄂尔多斯市巨鼎煤机实业集团有限责任公司总经理付世莲。", "鄂尔多斯市巨鼎煤机实业集团有限责任公司"),
        ("边东调研鄂尔多斯应用技术学院科技创新工作。", "鄂尔多斯应用技术学院"),
        ("赴清华大学和中国矿业大学（北京）对接。", "中国矿业大学（北京）"),
        ("由市科技局牵头起草。", "市科技局"),
        ("在鄂托克经济开发区召开。", "鄂托克经济开发区"),
    ],
)
def test_organisations_are_cut_whole(ask: Ask, view: View, passage: str, name: str) -> None:
    assert name in texts(ask("是哪个单位？"), view(passage))


@pytest.mark.parametrize(
    ("question", "passage", "items"),
    [
        ("有哪些院士？", "引进金之钧、武强、李根生等院士开展创新活动。", ["金之钧", "武强", "李根生"]),
        (
            "由哪几家单位主办？",
            "自治区科技厅、市科技局和市高新区联合举办了宣贯会。",
            ["自治区科技厅", "市科技局", "市高新区"],
        ),
        ("哪些院士？", "一是聚焦点位。二是建强载体。三是拓展路径。", ["聚焦点位", "建强载体", "拓展路径"]),
        ("抄送给谁？", "抄送：市政协办公室，市政协提案委员会。", None),
    ],
)
def test_lists_and_their_items(ask: Ask, view: View, question: str, passage: str, items: list[str] | None) -> None:
    found = best(ask(question), view(passage)) if items else passage.removeprefix("抄送：")
    cut = [found[start:end] for start, end in items_of(found)]
    assert cut == (items or ["市政协办公室", "市政协提案委员会"])


def test_items_are_parts_of_the_list_in_order() -> None:
    text = "《甲方案》《乙方案》和《丙（含丁、戊）方案》"
    assert [text[a:b] for a, b in items_of(text)] == ["《甲方案》", "《乙方案》", "《丙（含丁、戊）方案》"]


def test_a_row_of_items_is_not_parted_at_what_belongs_to_an_item() -> None:
    text = "项目审批存在矛盾、行业准入制度与新技术应用缺少判断依据"
    assert [text[a:b] for a, b in items_of(text)] == ["项目审批存在矛盾", "行业准入制度与新技术应用缺少判断依据"]
    assert len(items_of("清华大学与北京大学")) == 2


def test_the_last_item_may_stand_behind_a_comma(ask: Ask, view: View) -> None:
    passage = view("《通知》明确了项目征集的方式、原则、类型、流程，以及资金保障措施等内容。")
    listed = best(ask("通知明确了哪些内容？"), passage)
    assert [listed[a:b] for a, b in items_of(listed)][-2:] == ["流程", "资金保障措施"]


def test_a_word_only_tagged_as_a_place_fits_less_than_a_place(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    passage = view("与零碳产业园建设关联的项目在伊金霍洛旗启动。")
    fits = {
        passage.slice((each.start, each.end)): each.fit for each in candidates_for(ask("项目在哪里启动？"), passage)
    }
    assert fits["关联"] < 0.5 < fits["伊金霍洛旗"] == 1.0


@pytest.mark.parametrize("passage", ["市委副书记、市长  包卫东", "市长包卫东主持会议。", "市长　包卫东"])
def test_a_name_behind_an_office_is_whole(ask: Ask, view: View, passage: str) -> None:
    assert texts(ask("市长是谁？"), view(passage)) == ["包卫东"]
