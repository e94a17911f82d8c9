"""What part a figure or a day plays: a limit, a price, a sum, an average, a share, a deadline, a start. Asked for one, another is no answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.answering.candidates.figure import is_window
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, BlockRole, Question


class Role(NamedTuple):
    """How a question asks for it, how a sentence tells it, what it is called."""

    asked: re.Pattern[str]
    told: re.Pattern[str]
    name: str


def _roles(*rows: tuple[str, str, str]) -> tuple[Role, ...]:
    return tuple(Role(re.compile(asked), re.compile(told), name) for asked, told, name in rows)


_OF_NUMBERS = _roles(
    (
        r"不(?:得?超过|高于|多于|大于)(?:多少|几)|最高(?!的|那)|上限|最多(?!的|[前一]?[百\d])|顶多|(?<![增减升降提扩达加])至多|封顶|顶格",
        r"最[高多长大]|上限|[至顶]多|封顶|顶格|不得?(?:超过|高于|多于)|以内|以下|预算|放宽[至到]",
        "上限",
    ),
    (
        r"不得?(?:低|少|小)于(?:多少|几)|最低|下限|最少|至少|起码|起步|保底|兜底",
        r"最低|下限|最少|至少|起码|起步|保底|兜底|不得?(?:低|少)于|不低于|不少于|以上|(?<!不)超过|门槛|放宽[至到]",
        "下限",
    ),
    (
        r"(?<!买)卖(?!了)[^，。的]{0,3}多少[^，。]{0,2}[钱元块]|单价|售价|价格|房价"
        r"|[一每][吨斤台辆套亩度瓶](?![^，。]{0,5}[挣赚增收补产减])[^，。]{0,4}(?:多少|几)[^，。]{0,2}[钱元块]",
        r"价|售|元[/／]|每[吨斤台辆套亩度瓶件个]",
        "价格",
    ),
    (
        r"最[多大高少小低](?:的)?(?:那|那一|一)?家|最[多大高少小低]的(?:企业|公司|单位|旗区)",
        r"最[多大高少小低]|第一|冠|其中",
        "最多或最少的一个",
    ),
    (r"平均|人均|户均|年均|均摊", r"平均|[人户年月日次亩件]均|均[为达价值]|每[人户家年个]|密度|[/／]", "平均数"),
    (r"权重", r"权重", "权重"),
    (
        r"(?:占地|建筑|用地|场地|房屋|使用|种植|播种)面积|占地多|面积(?:是|有|为)?(?:多|[？?\s]*$)",
        r"面积|亩|平方|公顷|㎡",
        "面积",
    ),
    (
        r"(?:剩|尚有|余下)[^，。？?]{0,6}(?:多少|几)|还有[^，。？?]{0,6}(?:多少|几)[^，。？?]{0,8}[没未]"
        r"|(?:还没|尚未|还未|未能)(?![^，。？?]{0,6}(?:那会儿|之前|以前))[^，。？?]{1,16}(?:多少|几)",
        r"剩|其余|余下|尚未|未|没有|还有|另有|尚有|无法|待[售建开办批拨]|空置|库存|结余|[减降](?:少|低)?[到至为]|归并",
        "没有做到的",
    ),
    (
        r"(?:参加|参会|出席|到会|到场|(?<![起下进招出上回意想肯要])[去来]了?|坐了)[^，。？?]{0,4}(?:多少|几)[个名位]?(?:人|代表)",
        r"参加|参会|出席|到会|到场|列席|参训|培训|来访|一行\s*[\d一二三四五六七八九十]+|学员|来自|实考|观众|来宾|录用|组成",
        "到场的人数",
    ),
    (r"录取(?!分|线)", r"录取|录用|招收|考上|考入|升入", "录取的人数"),
)
_RANGED = frozenset({"上限", "下限"})  # the end of a range is a limit as well
_OF_DAYS = _roles(
    (r"施行|生效|(?:开始|正式|起)(?:实施|执行)", r"施行|生效|起(?:开始|正式)?(?:实施|执行)", "施行"),
    (r"成立|组建|创办|创立|设立", r"成立|组建|创办|创立|设立|建立|揭牌|挂牌|建成|获批|签", "成立"),
    (r"开工|动工|开建", r"开工|动工|开建|启动|奠基", "开工"),
    (r"投产|竣工|完工|投运|建成", r"投产|竣工|完工|投运|建成|[筑落修]成|建好|投入|启用|运行", "建成"),
    (r"获批|获得?批准|获准|批复", r"获批|批准|批复|获准|同意|认定|入选", "获批"),
    (r"签约|签署|签订|签的|签字", r"签", "签署"),
    (r"揭牌|挂牌", r"揭牌|挂牌", "揭牌"),
    (r"出台|颁布", r"出台|颁布|印发|发布|推出|制定|公布|实施", "出台"),
    (r"印发|下发", r"印发|下发|发布|公布|出台", "印发"),
    (
        r"截止|最晚|最迟|期限|收官|到期|为止|不再?收|(?:何[日时]|哪一?[天年]|什么时候|几号|几时)[^，。？?]{0,4}(?:结束|停止|关闭|期满)|期满|[报交集划动][^，。？?]{0,4}到哪[一年天]|什么时候(?:交|报)完"
        r"|失效|有效期|(?<![追回上]溯)(?:到|至)(?:何时|什么时候|哪一?[天日年])",
        r"截止|截至|止|之前|底前|\d日?前|日前[，完报提]|期限|结束|到期|完成|收官|(?:到|至)\s*(?:20\d\d\s*年|二[〇○零]|\d{1,2}\s*[月日号])|[—－~～-]",
        "截止",
    ),
    (r"闭幕|落幕|闭会|闭馆", r"闭幕|落幕|闭会|闭馆|结束|为期|[至到]\d{1,2}[月日号]|[—－~～-]", "闭幕"),
    (r"开幕|开馆", r"开幕|开馆|拉开帷幕|启幕|举[行办]|召开|开始|启动|[至到]\d{1,2}[月日号]|[—－~～-]", "开幕"),
    (r"验收|结题|结项", r"验收|结题|结项", "验收"),
    (
        r"最早(?:是|在|从)?(?:哪|什么|何|几)",
        r"首|最早|最先|最初|从|自(?:20|19|今年|去年)|始|起(?:实施|执行|施行|开始)|开始",
        "开始",
    ),
)
_TITLE = re.compile(r"《[^》]*》")
_PLANNED = re.compile(r"(?:推动|争取|力争|申建)[^，。；,;]*")  # 推动示范区获批 tells of no day on which it was
_NEWS = re.compile(r"(?:发布|公布|推送)[^，。；]{0,4}(?:消息|信息|通报|报道)|(?:消息|报道|讯)")
_GOES_ON = re.compile(r"将?继续")  # tells of no beginning
_BEGINS = re.compile(r"(?:自|(?<![至服])从)$")
_FROM_ON = re.compile(r"起(?!草|步)")
_CLOCK = r"(?:[日号]|\s*(?:上午|下午|晚)?\s*\d{1,2}(?:[:：]\d{2}|[时点]\d{0,2}分?))?\s*"
_TO = r"(?:至|到|-{1,2}|[—－–―～~]{1,2})"
_DAY = r"\s*(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}[日号]"
_UP_TO = re.compile(rf"{_CLOCK}{_TO}{_DAY}")  # 3月10日9:00至3月19日18:00
_SINCE = re.compile(rf"\d[日号]{_CLOCK}{_TO}\s*$")
_ENDS = re.compile(
    r"(?:有效期|执行|实施|延长|延续|延期|顺延|期限)[^，。；]{0,3}[至到]$|(?:截止|截至)(?:时间)?[：:为至到是]?$"
)
_ASKS_FOR_THE_END = re.compile(
    r"截止|失效|到期|(?:到|至)(?:何时|什么时候|哪一?[天日年])[^，。？?]{0,4}(?:为止|截止|失效|结束|[？?]|$)|有效期[^，。？?]{0,4}(?:到|至)|什么时候(?:结束|失效|到期)"
)
_ASKS_FOR_THE_BEGINNING = re.compile(r"施行|生效|开始(?:实施|执行)|从(?:何时|什么时候|哪一?[天日])|什么时候(?:起|开始)")
_PUBLISHED = re.compile(r"公示|发布|印发|公布|公开|出台|签发|成文|发文|下发|颁布|落款")
# A letter is of the day that it is signed; the office prints it a day later.
_REPLIED = re.compile(
    r"(?:答复|回复|函复|复函)(?:的|了)?(?:[？?\s]*$|.{0,4}(?:日期|时间|哪|什么时候))|哪.{0,2}(?:答复|回复|函复)|成文|落款"
)
_PRINTED = re.compile(r"\s*印发")
_TITLE_GOES_ON = 4  # characters
_FOR_A_YEAR = re.compile(r"年度\s*$")
_ASKS_FOR_A_YEAR = re.compile(r"哪一?个?年|年度|年份|哪几年")
_TO_THE_MONTH = re.compile(r"几月|哪一?个?月|何月")
_TO_THE_DAY = re.compile(r"几[号日](?!线|楼|院|提案|议案|文|令)|哪一?[天日]|何日|具体日期")
_MONTH_DAYS, _DAY_DAYS = 31, 7
_SUM = (
    re.compile(r"总共|一共|合计|总计|累计|总额|加起来|\d\s*[万亿]?元(?:里头?|里面|当中|之中|中)"),
    re.compile(r"[每按]|最高|不超过|给予|标准"),
    re.compile(r"共|合计|总|累计|全部"),
)


# 入围企业的研发费用门槛为3150万元: what it takes to be let in is no firm's own figure
_THRESHOLD = re.compile(r"门槛(?:值|线)?(?:为|是|达到?|提高到|提高至|定为|设为|[：:])?\s*$")
_LEAST_ASKED = re.compile(r"门槛|至少|最低|起码")
_THRESHOLD_ASKED = re.compile(r"门槛|至少|最[低少]|下限|起步|才|要求|入围|入选|上榜|达到|条件|标准|线")


def check_number_role(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where a limit, a price, an average … is asked for, the sentence has to tell one."""
    sentence = view.folded[slice(*view.sentence_of(*span))]
    number = view.number_at(span)
    if number is not None and _THRESHOLD.search(view.text, view.clause_of(*span)[0], number.start):
        if not _THRESHOLD_ASKED.search(question.text):
            return Verdict(AbstainReason.SUBJECT, "资料中的数字是门槛")
    elif number is not None and _LEAST_ASKED.search(question.text) and "门槛" in sentence and number.upper is None:
        return Verdict(AbstainReason.SUBJECT, "资料中另一个数字才是门槛")
    for role in _OF_NUMBERS:
        ranged = role.name in _RANGED and number is not None and number.upper is not None
        if role.asked.search(question.text) and not role.told.search(sentence) and not ranged:
            return Verdict(AbstainReason.SUBJECT, f"问的是{role.name}，资料中的数字不是{role.name}")
    return SOUND


_HELPED = re.compile(r"(?P<verb>帮扶|带动|惠及|救助|慰问|安置|受益)(?:了|群众|农户|农牧民|贫困户|贫困人口)?$")
_ASKS_FOR_HELPED = re.compile(r"[帮扶带惠助救慰]|安置|受益|脱[^，。]{0,2}贫")
_HELPED_CHARS = 10
_PERSONS = frozenset("人 名 位 户".split())


def check_helped(question: Question, view: PassageView, span: Range) -> Verdict:
    """累计结对帮扶312人 tells how many were helped, no answer to how many 特派员 there are."""
    number = view.number_at(span)
    if number is None or number.base_unit not in _PERSONS:
        return SOUND
    told = _HELPED.search(view.text, max(0, number.start - _HELPED_CHARS), number.start)
    if told is None or _ASKS_FOR_HELPED.search(question.text):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中的数字是“{told['verb']}”的人数")


_LISTED = re.compile(r"(?P<list>百强|指数|评价|评估|考核|竞赛|大赛)[^，。？?]{0,8}(?:排|居|列)[^，。？?]{0,3}第几")


def check_list(question: Question, view: PassageView, span: Range) -> Verdict:
    """A rank is of the list that is asked about: not 指数排名第33位 for 在百强里排第几."""
    asked = _LISTED.search(question.text)
    if asked is None or asked["list"] in view.folded[slice(*view.sentence_of(*span))]:
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中的名次不是“{asked['list']}”的")


_JUDGED = re.compile(
    r"(?P<what>评价|评估|考核|竞赛|大赛|评选|普查|测评|抽检)(?:的|工作|活动)*(?:结果|名单|排名|结论)?(?:最终|正式|[是都由在于])*(?:什么时候|何时|哪|几月|谁)"
)
_JUDGED_AS = {"评选": "评选|评审|评定|评出"}


def check_judged(question: Question, view: PassageView) -> Verdict:
    """When the result of an assessment came, or who made it, is told of that assessment: not of prizes that were awarded."""
    asked = _JUDGED.search(question.text)
    if asked is None or re.search(_JUDGED_AS.get(asked["what"], asked["what"]), view.unspaced):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中没有写到所问的{asked['what']}", absent=True)


def check_sum(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where a sum of money is asked for (总共多少万), a rate (每人每年最高10万元) is another figure."""
    asked, rated, summed = _SUM
    number = view.number_at(span)
    if number is None or number.base_unit != "元" or not asked.search(question.text) or rated.search(question.text):
        return SOUND
    clause = view.folded[slice(*view.clause_of(*span))]
    if rated.search(clause) and not summed.search(clause):
        return Verdict(AbstainReason.SUBJECT, "问的是总数，资料中的数字是补助标准")
    return SOUND


_SITE = (
    re.compile(
        r"选址|选在|(?:放|建|设|落|布局|安排)在[^，。？?]{0,4}?哪一?(?:个|家|处)?(?:园区|开发区|基地|产业园|工业园|高新区|经开区)"
    ),
    re.compile(
        r"位于|坐落|选址|落户|选在|[建设落]在|落地|在[^，。；]{2,20}?(?:建|设|成立|开工|动工|奠基|落成|启用|揭牌|挂牌)|[建设]于|地址|依托"
    ),
)


def check_site(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where something is built is told as that: not 示范区, of which a project is a part, for where its 能创谷 is."""
    asked, told = _SITE
    sentence = view.folded[slice(*view.sentence_of(*span))]
    if asked.search(question.text) and not told.search(sentence):
        return Verdict(AbstainReason.SUBJECT, "资料中没有写建在哪里")
    return SOUND


def check_day_role(question: Question, view: PassageView, span: Range) -> Verdict:
    """The day a rule takes effect is not the day it is drafted, published or discussed; a year is no answer to 几号."""
    body = view.passage.role is BlockRole.BODY  # a head or an imprint gives days without a word
    first, last = view.sentence_of(*span)
    sentence = _TITLE.sub("", view.folded[first:last])  # 《实施细则》 takes no effect
    sentence = _GOES_ON.sub("", _PLANNED.sub("", sentence))
    if wrong := _is_the_other_end(question, view, span):
        return Verdict(AbstainReason.SUBJECT, wrong)
    if _REPLIED.search(question.text) and "印发" not in question.text and _PRINTED.match(view.text, span[1]):
        return Verdict(AbstainReason.SUBJECT, "资料中这是印发的日期，不是所问的日期")
    for role in _OF_DAYS:
        match = role.asked.search(question.text)
        told = (
            _NEWS.sub("", sentence) if role.name == "出台" else sentence
        )  # the day of the news of a policy is not its own
        if body and match and not role.told.search(told):
            return Verdict(AbstainReason.SUBJECT, f"问的是{role.name}的时间，资料中的时间不是")
    if _FOR_A_YEAR.search(view.slice(span)) and not _ASKS_FOR_A_YEAR.search(question.text):
        beside = [
            each for each in view.dates if first <= each.start < last and (each.end <= span[0] or each.start >= span[1])
        ]
        if any((each.period.last - each.period.first).days <= _MONTH_DAYS for each in beside):
            return Verdict(
                AbstainReason.SUBJECT, "资料中的年度是名称的一部分，不是时间"
            )  # 2月17日召开2022年度民主生活会
    if asks_when_published(question.text) and _is_of_the_title(view, span):
        return Verdict(AbstainReason.SUBJECT, "资料中这是标题里的年份，不是发布的时间")
    period = next((each.period for each in view.dates if each.start < span[1] and span[0] < each.end), None)
    days = 0 if period is None or is_window(period.text) else (period.last - period.first).days
    if (days > _MONTH_DAYS and _TO_THE_MONTH.search(question.text)) or (
        days > _DAY_DAYS and _TO_THE_DAY.search(question.text)
    ):
        return Verdict(AbstainReason.SUBJECT, "资料中没有写到哪一天或哪个月")
    return SOUND


def _is_the_other_end(question: Question, view: PassageView, span: Range) -> str:
    """Why a day is none that is asked for: 自8月1日起 where it is asked how long it holds, 至明年7月31日 where from when."""
    if is_window(view.slice(span)):  # 9月8日至9月19日 tells both ends
        return ""
    begins = _BEGINS.search(view.text, 0, span[0]) is not None or _FROM_ON.match(view.text, span[1]) is not None
    begins = begins or _UP_TO.match(view.text, span[1]) is not None
    ends = (_ENDS.search(view.text, 0, span[0]) or _SINCE.search(view.text, 0, span[0])) is not None and not begins
    if begins and _ASKS_FOR_THE_END.search(question.text):
        return "资料中这是开始的时间，不是所问的到什么时候"
    if ends and _ASKS_FOR_THE_BEGINNING.search(question.text):
        return "资料中这是截止的时间，不是所问的开始时间"
    return ""


@lru_cache(maxsize=64)  # the same for every candidate of a question
def asks_when_published(text: str) -> bool:
    """Whether it is asked when a document was published or signed."""
    return _PUBLISHED.search(text) is not None


def _is_of_the_title(view: PassageView, span: Range) -> bool:
    """Whether ``span`` is a year in the line that is the document's title (甲市2024年统计公报)."""
    first = view.text.rfind("\n", 0, span[0]) + 1
    last = view.text.find("\n", span[1])
    line = view.text[first : last if last >= 0 else len(view.text)].strip()
    title = view.text[span[1] : first + len(line)]
    return len(title) >= _TITLE_GOES_ON and line in view.passage.context and "月" not in view.slice(span)
