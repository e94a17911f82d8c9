"""Plain and everyday questions that guards refused or that found no figure: what they ask for, and what is no answer still."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.candidates.proposal import only_answers
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question
from qa.search.phrasing import parts_asked

Ask = Callable[[str], Question]
View = Callable[..., PassageView]


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("市级到10月底拨了多少？", "截至10月底，市级已拨付8140万元。", "8140万元"),  # no telephone
        ("打电话问了多少人？", "抽样电话回访1200人，满意率96.4%。", "1200人"),
        ("咨询电话是多少？", "共拨付8140万元，咨询电话0477-8586566。", "0477-8586566"),
        ("后添的每个给几个钱", "增补项目每个给予90万元的中试券。", "90万元"),
        ("一公斤卖几块钱", "收购价每公斤7.4元。", "7.4元"),
        ("撮合成了抽几个点", "按撮合额的2%取酬。", "2%"),
        ("差异系数现在多少", "支出差异系数由0.38下降到0.31。", "0.31"),
        ("拿去搞研究的钱占多大份？", "高新区研发投入强度达到7.1%。", "达到7.1%"),
        ("检验人员要配够几名", "检验人员应配5名。", "5名"),  # no rank
        ("全国排第几名", "居全国第3名。", "第3名"),
    ],
)
def test_the_figure_is_found(ask: Ask, view: View, question: str, text: str, figure: str) -> None:
    found = {text[each.start : each.end]: each.fit for each in candidates_for(ask(question), view(text))}
    assert found[figure] == max(found.values())


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("没过关、被移出去的有几家？", "对复核不合格的4家企业，予以移出名单处理。", "4家"),
        ("现在在站的还有几个博士后", "目前基地在站博士后尚有3人。", "3人"),
        ("黑臭水塘还剩几个", "黑臭水塘由19个减少到2个。", "2个"),
        ("拿一回药平均花多少钱", "取药1.24万人次，次均费用31.6元。", "31.6元"),
        ("一公斤保底多少钱", "兜底价为每公斤2.4元。", "2.4元"),
        ("贴息最多贴几年", "按年利率1.5个百分点贴息，最长两年。", "两年"),
        ("投入最多的行业花了多少钱", "玉米发酵业投入6.8亿元，居各行业首位。", "6.8亿元"),
        ("占着地方用，一天得交多少？", "承担单位按每日1800元缴纳场地使用费。", "1800元"),
        ("选派的技术骨干有多少名", "接收24名，其中科技副镇长9名、科技副总15名；同时选派企业技术骨干11名。", "11名"),
        ("沣东新城具体占几个", "拟立项21个，其中秦汉新城7个、沣东新城6个。", "6个"),
        ("一亩能多挣多少钱", "向日葵亩均增收420元。", "420元"),
    ],
)
def test_nothing_speaks_against_it(ask: Ask, view: View, question: str, text: str, figure: str) -> None:
    start = text.index(figure)
    assert Guard(ask(question), view(text)).examine((start, start + len(figure))).detail == ""


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("最高补助多少钱", "共发放补助600元。", "600元"),
        ("每吨卖多少钱", "生产小米300吨，投入50万元。", "50万元"),
        ("还有多少家没有整改", "已有12家完成整改。", "12家"),
        ("有多少所高校", "18家重点企业签约。", "18家"),
        ("民主生活会什么时候开的", "2月17日，边东主持召开2022年度民主生活会。", "2022年度"),
        ("科技特派员有多少名", "共有科技特派员535名，其中旗区特派员335名。", "335名"),
    ],
)
def test_another_figure_is_still_no_answer(ask: Ask, view: View, question: str, text: str, figure: str) -> None:
    start = text.index(figure)
    assert Guard(ask(question), view(text)).examine((start, start + len(figure))).reason is not None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("电视电话会议由谁主持", AnswerKind.PERSON),
        ("收入涨得快，原因在哪？", AnswerKind.CLAUSE),
        ("退税款花到哪儿去了", AnswerKind.CLAUSE),
        ("现在卡在哪儿，铺不开？", AnswerKind.CLAUSE),
        ("现场会在哪儿开的", AnswerKind.PLACE),
        ("问题出在哪个旗", AnswerKind.PLACE),
    ],
)
def test_what_is_asked_for(ask: Ask, question: str, kind: AnswerKind) -> None:
    assert ask(question).kind is kind


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("鄂尔多斯市科技局的局长是谁", True),
        ("鄂尔多斯科技局的局长是谁", True),
        ("包头市科技局的局长是谁", False),
        ("鄂尔多斯市农牧局的局长是谁", False),
    ],
)
def test_a_body_of_the_own_city_is_named_without_it(ask: Ask, view: View, question: str, named: bool) -> None:
    assert (not Guard(ask(question), view("市科技局局长边东出席会议。")).missing) is named


@pytest.mark.parametrize("question", ["那阵子接了多少单", "石总说企业为什么舍不得", "那张证是谁发的"])
def test_no_name_is_missed_where_none_is_named(ask: Ask, view: View, question: str) -> None:
    assert (
        Guard(ask(question), view("先行试运行期间接单927单，徽知源公司总经理石小棠解释，企业怕丢面子。")).missing
        == frozenset()
    )


@pytest.mark.parametrize("question", ["提案是谁提出的", "第0355号提案是哪个党派提的", "这份建议是谁提的"])
def test_who_a_letter_answers_is_who_proposed(ask: Ask, view: View, question: str) -> None:
    text = "九三学社：\n《关于科技创新的提案》悉。经市人民政府研究，现答复如下。"
    found = {text[each.start : each.end]: each.fit for each in candidates_for(ask(question), view(text))}
    assert found["九三学社"] == 1.0
    assert "市人民政府" not in found


@pytest.mark.parametrize("question", ["提案由哪个单位办理", "提案的答复是哪个单位印发的", "这份提案是谁答复的"])
def test_who_answers_a_proposal_may_be_asked(ask: Ask, question: str) -> None:
    assert not only_answers(ask(question), "市人民政府")


@pytest.mark.parametrize(
    ("question", "twice"),
    [
        ("PVC无汞化研发花了几年、投了多少钱", True),
        ("会议是谁主持的，在哪里召开", True),
        ("科技特派员有多少名，其中市级的多少", True),
        ("2020年，科技特派员推广了多少项新技术？", False),
        ("近几年，科技支出是多少", False),
        ("请问，民主生活会什么时候开的？", False),
    ],
)
def test_two_questions_in_one_are_known(question: str, twice: bool) -> None:
    assert (len(parts_asked(question)) > 1) is twice
