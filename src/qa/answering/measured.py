"""What a figure is of: a number counted of another thing, or a level where a change is asked for, is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from qa.answering.asked import GENERIC, asked_phrase
from qa.answering.counted import COUNTERS, PEOPLE, nouns_beside
from qa.answering.rates import Rates
from qa.answering.support import held, in_other_words, stretch_around
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question, Word
from qa.text.in_order import short_form_in
from qa.text.numbers import NumberMention
from qa.text.places import place_root

_OF_WEIGHT = frozenset("重点 重大 主要 自治区 国家".split())  # 重点实验室 is no 重点研发计划
_A_PLACE_BEFORE = re.compile(r"(?:嘎查村?|苏木|乡镇|社区|[一-鿿][村镇乡旗县区市盟])$")
_PERSON_NOUN = re.compile(r"(?:员|者|家|生|师|工|民|士|手|才|干部|代表|领导|人)$")
_MORE_PERSONS = re.compile(r"孩子|子女|儿女|兄弟|姐妹|教授|博士后?|骨干|大使|同志|名额|岗位|职位|劳动力|[队户口额次]$")
_NO_PERSONS = re.compile(
    r"(?:难[题关]|问题|困难|项目|课题|企业|公司|平台|机构|成果|专利|标准|论文|产品|协议|实验室|基地)$"
)
_RESEARCH_ASKED = re.compile(
    r"(?P<what>(?:科研|研究|研发)(?:单位|机构))[^，。？?]{0,6}[，,]?[^，。？?]{0,8}(?:多少|几)(?=[家个所]|[？?\s]*$)"
)
_RESEARCH = re.compile(r"研究|研发|科研|院所|机构|实验室|中心|平台")
# 达成意向性协议140人 are those who came, not the posts that were offered.
_POSTS, _TAKEN_UP = re.compile(r"岗位|职位|名额|需求"), re.compile(r"协议|意向|签约|简历|应聘|报名|录用|到场|到岗|参加")
_OF_THINGS = frozenset("个 家 所 项 座 台 条 件 篇 种 类 批 届".split())
# Words for one kind of thing: who asks for one and reads another is not misled.
_ALIKE = tuple(
    group.split()
    for group in (
        "公司 企业 单位 机构 厂 商户 集团 主体",
        "岗位 职位 需求 名额 用人",
        "专家 人才 能人 行家 高手 人员 队伍 教授 院士 博士",
        "学生 毕业生 大学生 学子",
        "农民 牧民 农牧民 群众 老百姓 村民 农户 户",
        "项目 课题 技术 任务",
        "平台 基地 载体 中心 站 室 园",
        "奖 奖项 成果 荣誉",
        "工程 行动 任务 举措 措施",
        "品种 种苗 畜种 种子 良种",
        "问题 毛病 隐患 漏洞 短板 难题 难关 困难 瓶颈",
        "领域 方面 方向 行业 产业",
    )
)
# What a measure word counts when nothing else is named: 4家企业 for 有几家.
_OF_THE_MEASURE = {
    "家": re.compile(r"(?:企业|单位|公司|机构|商户)$"),
    **dict.fromkeys("人名位", re.compile(r"(?:人员|人数|人口|者|学员)$")),
    "件": re.compile(r"(?:作品|案件|物品)$"),
}
_ANIMALS = re.compile(
    r"(?:多少|几)(?:万|千|百)?(?:头|只|匹|口|羽|峰)(?P<kind>[一-鿿]?[牛羊猪马驴驼鸡鸭鹅狗鹿])|(?P<breed>[一-鿿]?[牛羊猪马驴驼鸡鸭鹅鹿])(?:的)?(?:存栏|出栏)"
)
_SHARED = 0.3  # of a word that stands in the noun by more of its characters is the noun's
_STAFF = re.compile(
    r"^(?P<whose>[^，。]{2,12}?(?:局|厅|公司|集团|学院|大学|中心|委|办|院))(?:一共|总共|共|现|目前)?有?(?:多少|几)[个名位]?(?:人(?![一-鿿]*[参出到])|员工|职工|干部)"
)
_OF_STAFF = re.compile(r"员工|职工|干部|在编|编制|人员")
_QUOTED_BEFORE = re.compile(r"[“「]([^”」]{2,10})[”」]$")
_GRADE = re.compile(
    r"(?:国家|自治区|省|市|旗|县|校)级|国家(?=重点|工程|实验室|企业|级)|自治区(?=重点|工程|实验室|企业)"
)
_TELLS_GRADE = {
    "国家": re.compile(r"国家|全国|部级|[技信育村业]部|中央"),
    "自治区": re.compile(r"自治区|内蒙古|全区|区级|省级"),
}
_WORK = re.compile(r"(?:项目|课题|成果|专利|论文|品种|标准|合同|任务)$")
_TWO_CLASSES = re.compile(r"(?P<one>[一二三四五A-D甲乙丙])、(?P<other>[一二三四五A-D甲乙丙])(?P<kind>[类级等])")
_TWO_NOUNS = re.compile(
    r"(?P<one>[一-鿿]{2,8}?)(?:和|及|与)(?P<other>(?![一二两三四五六七八九十]{1,3}[大个项家位名])[一-鿿]{2,8}?)(?=[，。；、,;]|$)"
)
_OF_BODIES = frozenset("家 所 户".split())
_PERSONS_FIRST = re.compile(
    r"(?P<who>毕业生|大学生|学生|专家|人才|院士|教授|博士|硕士|特派员|干部|职工|员工)[，,][^，。？?]{0,16}?的(?:一共|总共|共)?有?(?:多少|几)个?[？?\s]*$"
)
# 5个类型，从…: the sort ends its noun, unlike 12个产业项目
_A_SORT_COUNTED = re.compile(
    r"\s*(?:不同)?(?P<sort>类型|类别|种类|门类|品类|领域|层次|档次|环节|维度)(?=[，,。；;、：:（(]|$)"
)
_SORT_ASKED = re.compile(r"类|领域|门类|层次|档次|环节|维度|方面|方向|种|分[成为作]?了?(?:多少|几)|划分")
_MEMBER = re.compile(r"(?:项目|课题|企业|公司|单位|平台|机构|人才|专家|成果|专利|技术|品种|高校|基地|园区|实验室)$")
_PART_OF = re.compile(
    r"(?:(?:的|(?:人员|学生|毕业生|企业|公司|单位|项目|高校|专家|选手|代表|学员|考生|人才|简历|作品|论文|专利|成果|协议|合同|案件|订单|的人)|(?:\d|[两三四五六七八九十百千]+[个项家条户]|罚款|效益|收入|资金|投资|经费|奖金|补助|补贴)[^，。？?》]{0,14}?)(?:里[面头]?|当中|之中|(?<![集其])中(?![科期央国部心小介等华标选试医学级]))|其中)[，,]?(?P<part>[^，。？?]{2,20}?)(?:一共|总共|共)?(?:有|占|是|达|为)?了?(?:多少|几(?=[个家项名位件种条户起处所份篇人]))"
)
_RANK_SAID = re.compile(r"^(?:排名?|位列|位居|名列|居|列)")
_FIRMS = re.compile(r"企业|公司|\d\s*家|百强|100强|入围|上榜|进入|跻身")
_GROUP = re.compile(r"\d+\s*家[^，。；、\d]{0,10}?(?:企业|公司|单位)")
_TOGETHER = re.compile(r"共计|累计|合计|总计|总[额数量]|共(?=享受|投入|获)")
_EVERY = re.compile(
    r"(?P<every>各(?:个)?(?:旗县?区|旗|盟市|县区|区县|企业|单位|部门|高校))[^，。？?]{0,14}?(?:多少|几)"
)
_A_TIME = re.compile(r"每(?:一|个)?(?P<unit>[年月天周日]|季度)(?!度)[^，。？?]{0,12}?(?:多少|几)")
_LINE = re.compile(r"传真|手机|邮编|邮政编码")
_BUDGET_ASKED = re.compile(r"(?<!公共)预算(?:资金|总?额|数|安排)?(?:一?共|总共)?(?:是|为|有|达)?了?(?:多少|几)")
_BUDGET = re.compile(r"(?<!公共)预算")


class Measured:
    """What a question wants a number of, looked at once; :meth:`examine` holds the numbers of one passage against it."""

    def __init__(self, question: Question, view: PassageView) -> None:
        self._question = question
        self._view = view
        things = [word for word in question.words if _names_a_thing(word)]
        self._things = [word for word in things if word.text not in _OF_WEIGHT] or things
        self._phrase = [word.text for word in asked_phrase(question)]
        self._rates = Rates(question, view)
        self._staff = _STAFF.search(question.text)

    def examine(self, span: Range) -> Verdict:
        """The first thing that tells the number at ``span`` from the one asked for."""
        checks = (
            self._persons,
            self._research,
            self._places_for_persons,
            self._bodies_for_work,
            self._bodies_for_topic,
            self._sorts_for_things,
            self._animals,
            self._counted_thing,
            self._grade,
            self._joint,
            self._modifier,
            self._rates.examine,
            self._told_staff,
            self._named_part,
            self._of_a_group,
            self._people_or_households,
            self._of_every,
            self._budget,
            self._line,
        )
        wrong = next((said for check in checks if (said := check(span))), "")
        return Verdict(AbstainReason.SUBJECT, wrong) if wrong else SOUND

    def _persons(self, span: Range) -> str:
        """130余人 is no answer to how many 旗区 there are."""
        number = self._view.number_at(span)
        if number is None or number.base_unit not in PEOPLE:
            return ""
        if self._question.unit is None and _NO_PERSONS.search(self._question.focus):
            return f"资料中的数字是人数，不是“{self._question.focus}”的"
        if self._question.unit not in _OF_THINGS or not self._phrase:
            return ""
        head = self._phrase[-1]
        if _POSTS.search(head) and _TAKEN_UP.search(self._view.slice(self._view.clause_of(*span))):
            return f"资料中的数字是人数，不是“{head}”的"
        return "" if _PERSON_NOUN.search(head) or _MORE_PERSONS.search(head) else f"资料中的数字是人数，不是“{head}”的"

    def _research(self, span: Range) -> str:
        """企业330家 is no answer to how many 科研单位 there are."""
        asked = _RESEARCH_ASKED.search(self._question.text)
        told = self._view.folded[slice(*self._view.sentence_of(*span))]
        if asked is None or self._view.number_at(span) is None or _RESEARCH.search(told):
            return ""
        return f"资料中的数字不是“{asked['what']}”的"

    def _places_for_persons(self, span: Range) -> str:
        """嘎查村408个 is no answer to how many 人 there are: 个 counts persons beside a noun for persons alone."""
        number = self._view.number_at(span)
        if number is None or number.base_unit != "个" or self._question.unit not in PEOPLE:
            return ""
        nouns = [GENERIC.sub("", each) for each in nouns_beside(self._view, (number.number_start, number.unit_end))]
        place = _A_PLACE_BEFORE.search(self._view.text, 0, number.start)
        nouns = nouns or ([place.group()] if place else [])
        other = [noun for noun in nouns if noun and not _PERSON_NOUN.search(noun) and not _MORE_PERSONS.search(noun)]
        return f"资料中的数字是“{other[0]}”的" if nouns and len(other) == len(nouns) else ""

    def _bodies_for_work(self, span: Range) -> str:
        """研发机构273家 is no answer to how many 研发计划项目 there are: 家 counts bodies, never what they do."""
        number = self._view.number_at(span)
        if number is None or number.base_unit != "家" or self._question.unit == "家" or not self._phrase:
            return ""
        head = self._phrase[-1]
        return f"资料中的数字是单位数，不是“{head}”的" if _WORK.search(head) else ""

    def _bodies_for_topic(self, span: Range) -> str:
        """18家重点企业 is no answer to 招的毕业生，最后入职的有几个: of those whom the question speaks of first, who are no bodies."""
        number, asked = self._view.number_at(span), _PERSONS_FIRST.search(self._question.text)
        if number is None or number.base_unit not in _OF_BODIES or asked is None:
            return ""
        return f"资料中的数字以{number.base_unit}计，不是“{asked['who']}”的"

    def _sorts_for_things(self, span: Range) -> str:
        """5个类型 is no answer to how many 项目 were collected: sorts, fields and steps are no members of what they divide."""
        view, number = self._view, self._view.number_at(span)
        if number is None or number.ordinal or _SORT_ASKED.search(self._question.text):
            return ""
        things = [word.text for word in self._things if _MEMBER.search(word.text)]
        told = _A_SORT_COUNTED.match(view.folded, number.unit_end)
        return f"资料中的数字是“{told['sort']}”的，不是“{things[0]}”的" if told and things else ""

    def _animals(self, span: Range) -> str:
        """牲畜存栏64.8万头 is no answer to how many 牛 there are, though 牛 is but one character."""
        asked = _ANIMALS.search(self._question.text)
        if asked is None or self._view.number_at(span) is None:
            return ""
        told = self._view.text[slice(*stretch_around(self._view, span))]
        kind = asked["kind"] or asked["breed"]
        return "" if kind[-1] in told else f"资料中的数字不是“{kind}”的"

    def _counted_thing(self, span: Range) -> str:
        """18家重点企业 is no answer to how many 高校 there are: where the number is told of a thing, the question has to name some of it."""
        question, view = self._question, self._view
        number = view.number_at(span)
        unit = number.base_unit if number is not None else None
        if number is None or number.ordinal or unit not in COUNTERS | PEOPLE:
            return ""
        nouns = [GENERIC.sub("", noun) for noun in nouns_beside(view, (number.number_start, number.unit_end))]
        nouns = [noun for noun in nouns if len(noun) > 1 and (unit in COUNTERS or _PERSON_NOUN.search(noun))]
        things = self._things
        if not nouns or not things or any(_shares(question, word.text, noun) for word in things for noun in nouns):
            return ""
        if any(noun in question.text for noun in nouns):  # 沣东新城6个
            return ""
        measure = _OF_THE_MEASURE.get(unit or "")
        if measure is not None and not self._phrase and any(measure.search(noun) for noun in nouns):
            return ""
        zone = view.folded[slice(*stretch_around(view, span))]
        if any(_alike(question.text, noun) for noun in nouns) or any(word.text in zone for word in things):
            return ""
        return f"资料中的数字是“{nouns[0]}”的"

    def _modifier(self, span: Range) -> str:
        """“三清零”企业279家 is no answer to how many 规上企业 there are: the same head, another modifier, and the passage has not the one
        asked for.
        """
        view, number = self._view, self._view.number_at(span)
        counted = number is not None and number.base_unit in COUNTERS | PEOPLE | {"大", "条", "级"}
        if number is None or not counted or number.ordinal or not self._phrase:
            return ""
        *modifiers, head = self._phrase
        for noun, whole in self._told_with(number):
            if len(head) > 2 and noun[-1:] == head[-1] and held(head, view.spoken) < _SHARED:
                return f"资料中的数字是“{noun}”的"  # 科学技术进步奖 for 技术发明奖
            whole = whole[: whole.rfind(head) + len(head)]  # 国家重点研发计划项目|首落
            if not modifiers or head not in noun or whole == head or any(each in whole for each in modifiers):
                continue
            if short_form_in("".join(self._phrase), whole):  # 科技进步奖 for 科学技术进步奖
                continue
            if self._counted_itself or not any(held(each, view.spoken) > _SHARED for each in modifiers):
                return f"资料中的数字是“{whole}”的"
        return ""

    @cached_property
    def _counted_itself(self) -> bool:
        """Whether a number of the passage is told of the very thing that the question counts: 揭榜 and 项目 of “揭榜挂帅”项目45项."""
        *modifiers, head = self._phrase
        told = [whole for number in self._view.numbers for noun, whole in self._told_with(number) if head in noun]
        return any(all(each in whole for each in modifiers) for whole in told)

    def _told_with(self, number: NumberMention) -> Iterator[tuple[str, str]]:
        """Each noun beside a number, bare and with what is quoted right before it."""
        view = self._view
        for noun in nouns_beside(view, (number.number_start, number.unit_end)):
            noun = GENERIC.sub("", noun)
            at = view.folded.rfind(noun, 0, number.number_start) if noun else -1
            quoted = _QUOTED_BEFORE.search(view.folded, max(0, at - 14), at) if at > 0 else None
            if noun:
                yield noun, (quoted[1] if quoted else "") + noun

    def _grade(self, span: Range) -> str:
        """自治区重点实验室4家 is no answer to how many 国家级 ones there are."""
        view, number = self._view, self._view.number_at(span)
        first, _ = self._question.interrogative or (len(self._question.text), 0)
        asked = [match.group() for match in _GRADE.finditer(self._question.text, 0, first)]
        behind = "".join(self._phrase)
        asked = [match.group() for match in _GRADE.finditer(behind)] or asked
        if number is None or number.ordinal or not asked:
            return ""
        start, end = stretch_around(view, (number.number_start, number.unit_end))
        before = list(_GRADE.finditer(view.folded, start, number.number_start))[-1:]
        told = before or list(_GRADE.finditer(view.folded, number.unit_end, end))[:1]
        if told and not _alike_grade(told[0].group(), asked[-1]):
            return f"资料中的数字是{told[0].group()}的"
        root = asked[-1].removesuffix("级")
        if told or root == asked[-1] or number.base_unit not in COUNTERS:
            return ""
        first, last = view.sentence_of(
            *span
        )  # 22个星创天地: of all grades; a grade that heads the sentence is that of all its figures
        head = min((each.number_start for each in view.numbers if first <= each.number_start), default=last)
        passage = view.passage
        around = "\n".join((passage.lead, *passage.heading_path, passage.title, view.text[first:head]))
        told_grade = _TELLS_GRADE.get(root, re.compile(f"{root}本?级"))
        # 4个自治区科技特派员工作站, 建成自治区工作站4个: the grade right before what is counted
        own = view.folded[start : number.number_start] if not told else ""
        beside = re.search(rf"{root}(?![级党政府厅局委])[一-鿿]{{2,12}}$", own) or re.match(
            rf"\s*{root}(?![级党政府厅局委])[一-鿿]{{2}}", view.folded[number.unit_end :]
        )
        return "" if beside or told_grade.search(around) else f"资料中的数字没有写是{asked[-1]}的"

    def _joint(self, span: Range) -> str:
        """18家重点企业和科研院所 is no answer to how many 科研院所 there are, 6个一、二类旗县 none for 一类."""
        view, number, asked = self._view, self._view.number_at(span), self._question.text
        if number is None or number.ordinal:
            return ""
        clause = view.folded[slice(*view.clause_of(*span))]
        for joint in _TWO_CLASSES.finditer(clause):
            named = [joint[name] for name in ("one", "other") if f"{joint[name]}{joint['kind']}" in asked]
            if len(named) == 1 and not any(each in asked for each in (joint.group(), joint.group().replace("、", ""))):
                return f"资料中的数字是“{joint.group()}”的"
        behind = _TWO_NOUNS.match(view.folded, number.unit_end)
        if (
            behind is None
            or not self._phrase
            or behind["one"] not in nouns_beside(view, (number.number_start, number.unit_end))
        ):
            return ""
        if behind["one"] in asked and behind["other"] in asked:
            return ""
        head = "".join(self._phrase)
        one, other = (head in behind[name] or behind[name] in head for name in ("one", "other"))
        return f"资料中的数字是“{behind['one']}和{behind['other']}”的" if one != other else ""

    def _named_part(self, span: Range) -> str:
        """The whole is no answer where a part of it is asked for that the sentence does not speak of (384项新技术里，用在畜牧上的有多少项)."""
        asked = _PART_OF.search(self._question.text)
        if asked is None:
            return ""
        number = self._view.number_at(span)
        if number is not None and number.ordinal and _RANK_SAID.search(asked["part"]):  # 名单中排名多少: 第147位
            return ""
        first, last = asked.span("part")
        words = [word for word in self._question.words if first <= word.start and word.end <= last]
        nouns = [word.text for word in words if len(word.text) > 1 and word.tag[:1] in "njl"]
        home = place_root(self._view.passage.region) if self._view.passage.region else ""
        if home and any(home in noun for noun in nouns):  # 我市 goes without saying
            return ""
        whole = self._question.text[:first]  # 产业化 alone tells which of 19个项目，其中产业化项目
        nouns = [noun for noun in nouns if noun not in whole] or nouns
        nouns = nouns or [word.text for word in words if len(word.text) > 1]  # 成长 of 成长组
        sentence = self._view.folded[slice(*self._view.sentence_of(*span))]
        lacking = [
            noun
            for noun in nouns
            if held(noun, sentence) < _SHARED
            and not any(each in sentence for each in self._question.same.get(noun, ()))
        ]
        return f"资料中的数字不是“{asked['part']}”的" if nouns and len(lacking) == len(nouns) else ""

    def _of_a_group(self, span: Range) -> str:
        """我市29家企业……研发投入共计18.5亿元 is what these 29 put in, not the city."""
        view, number, asked = self._view, self._view.number_at(span), self._question.text
        if number is None or _FIRMS.search(asked):
            return ""
        group = list(_GROUP.finditer(view.folded, view.sentence_of(*span)[0], number.number_start))
        summed = group and _TOGETHER.search(view.folded, group[-1].end(), number.number_start)
        return f"资料中的数字是{group[-1].group()}的" if summed else ""

    def _people_or_households(self, span: Range) -> str:
        """近3万户 is no answer to how many 人, 312人 none to how many 户."""
        number, unit = self._view.number_at(span), self._question.unit
        if number is None or unit is None:
            return ""
        told, asked = number.base_unit or "", self._question.text
        if told == "户" and unit in PEOPLE:
            return "问的是人数，资料中的数字是户数"
        return (
            "问的是户数，资料中的数字是人数"
            if told in PEOPLE and re.search(r"(?:多少|几)(?:贫困|农|牧|农牧)?户(?!籍)", asked)
            else ""
        )

    def _of_every(self, span: Range) -> str:
        """335人 is what all 旗区 have together where it is asked what each has; 10万元 a year is not what there is a month."""
        asked, sentence = self._question.text, self._view.text[slice(*self._view.sentence_of(*span))]
        every = _EVERY.search(asked)
        if every and not re.search("各|分别|每", sentence):
            return f"问的是{every['every']}各自的数，资料中的数字不是"
        a_time = _A_TIME.search(asked)
        if a_time and not re.search(
            rf"每(?:人每|一|个)?{a_time['unit']}|{a_time['unit']}均|/{a_time['unit']}", sentence
        ):
            return f"问的是每{a_time['unit']}的数，资料中的数字不是"
        return ""

    def _line(self, span: Range) -> str:
        """The telephone of an office is neither its fax nor somebody's mobile."""
        asked = _LINE.search(self._question.text)
        if asked is None:
            return ""
        sentence = self._view.text[slice(*self._view.sentence_of(*span))]
        return "" if asked.group() in sentence else f"资料中的号码不是{asked.group()}"

    def _budget(self, span: Range) -> str:
        """What was spent is not what was planned to be."""
        sentence = self._view.text[slice(*self._view.sentence_of(*span))]
        asked = _BUDGET_ASKED.search(self._question.text)
        return "问的是预算，资料中的数字不是" if asked and not _BUDGET.search(sentence) else ""

    def _told_staff(self, span: Range) -> str:
        """How many people an organisation has (科技局有多少人) is told of its staff or with its name."""
        if self._staff is None:
            return ""
        whose, sentence = self._staff["whose"], self._view.text[slice(*self._view.sentence_of(*span))]
        return "" if whose in sentence or _OF_STAFF.search(sentence) else f"资料中的人数不是“{whose}”的"


def _alike_grade(one: str, other: str) -> bool:
    return one.removesuffix("级") == other.removesuffix("级")


# no firms, though 单位 may be one
_OF_RESEARCH = re.compile(r"(?:科研|研究|研发|事业|机关|行政|党政)(?:单位|机构)")


def _alike(question: str, noun: str) -> bool:
    question = _OF_RESEARCH.sub("", question)
    return any(any(each in question for each in group) and any(each in noun for each in group) for group in _ALIKE)


def _names_a_thing(word: Word) -> bool:
    thing = len(word.text) > 1 and not GENERIC.fullmatch(word.text)
    return thing and (word.tag[:1] in "njl" or word.tag in {"vn", "eng", "v", "x"}) and word.tag != "ns"


def _shares(question: Question, word: str, noun: str) -> bool:
    written = (word, *question.same.get(word, ()), *in_other_words(word))
    return any(each in noun or noun in each for each in written) or held(word, noun) > _SHARED
