"""Numbers with their units, and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.candidates.candidate import Candidate
from qa.answering.change import Change
from qa.answering.view import PassageView, Range
from qa.records import BlockRole, Question
from qa.text.numbers import NumberMention

_TITLE_PENALTY = 0.25  # an item's title rounds; its body says what the number is of
_LIMIT_PENALTY = 0.2  # 最高可获10万元 beside 5万到10万元, where no limit is asked for
_ASKS_FOR_A_LIMIT = re.compile(
    r"最[高多低少大小长短]|上限|下限|(?<![增减升降提扩达加])至多|至少|顶多|封顶|顶格|不超过|限额|以内|起码"
)
_LIMIT_BEFORE = re.compile(
    r"最[高多低少大小长短](?:可以|可|能)?(?:获得|获|得到|得|补助|补贴|奖励|奖补|资助|支持|给予|予以|享受|申请|贷款|贷|放宽至|按照?)?"
    r"(?:的?(?:金额|额度|标准|比例|期限|年限))?(?:可以|可|不)?(?:达到|达|为|是|超过)?$"
)
_LIMIT_CHARS = 12
_COMMON_NOUNS = frozenset({"n", "nz", "vn"})
_NOUN_CHARS = 6
_UPPER_LIMITS = re.compile(r"最[高多]|不超过|不高于|不多于|以内")
_MONEY = re.compile(
    r"钱|资金|经费|费用|金额|投资|投入|支出|补助|资助|奖励|奖金|奖补|效益|产值|收入|税|补贴|造价|预算|元|花费|额度"
    r"|薪|工资|利润|成本|价格|单价|售价|房价|租金|罚款|贷款|融资|市值|生产总值|GDP|gdp|营收|营业额|赤字|债务|存款|余额|进出口|贸易额|销售额|成交额|榜额|总额|金额|投资额"
)
_GIVES = re.compile(  # 市里奖多少 asks for a sum
    r"(?:奖|补|贴|罚)(?:了|到)?多少(?![个家项名人位次件])"
)
_MOVES = re.compile(r"[增减升降涨跌率幅]|目标")  # 投资增长目标 may be told as a rate
_SHARE = re.compile(
    r"比例|占比|比重|百分|贡献率|增速|增长率|率是|几成|占(?!着|用|地).{0,12}多少(?![个家项名人位件户])|[比重率幅度]有?多大"
)
# How far something has come: a share of what there is to do, unless a sum or a count is asked for.
PROGRESS = re.compile(
    r"(?:支出|执行|完成|序时|投资|支付|拨付|资金|整改|形象|销号)进度(?:目前|现在)?(?:是|为|有|达到?了?|到了?|怎么样)*(?:多少|百分之|几成|多大)?[？?。\s]*$"
)
_COINS = re.compile(r"几个(?:钱|子儿|亿)|几块钱?(?![一-鿿])|多少块")  # 个 and 块 count nothing there
_PERCENT = re.compile(r"占[^，。]{0,6}多大|几个点(?!位)")  # even where money is named
_PLAIN_VALUE = re.compile(r"系数")
_AREA = re.compile(
    r"面积[^，。]{0,4}(?:多大|多少)|多大[^，。]{0,4}面积|面积(?:是|为)?[？?。\s]*$|场地[^，。]{0,4}多大|多少(?:土|耕|林|草|用)?地(?!区|方|点|块|市|级)"
)
_AREA_UNITS = frozenset("亩 平方公里 平方米 公顷 平方千米 万亩".split())
# 贷款余额增长多少, 赤字率拟安排多少, 不低于采购金额的多少: told as a rate even where a sum is spoken of.
_AS_A_RATE = re.compile(
    r"(?:增长|增加|增|提高|提升|上升|下降|下调|减少|降低|回落|降|涨|升|减|多|少)了?(?:多少|几(?=个?点|成))(?![一-鿿]?(?:元|钱|亿|万|资金|经费))"
    r"|[^效]率[^，。比]{0,4}(?:多少|几)(?!元|钱|亿|万)|(?:占|不低于|不高于|不超过|不少于|按照?)[^，。]{2,12}的(?:多少|几)(?!元|钱|亿|万|个|家|名|项)"
)
_PEOPLE = re.compile(r"多少人|几人|几个人|人数|多少名|几名|几位|多少位")
_MANY_PEOPLE = re.compile(
    r"(?:多少|几(?=[名位个]))[名位个]?(?![家所项])[一-鿿]{0,4}?(?:专家|人才|学生|毕业生|博士|硕士|院士|教授|员工|职工|工人|干部|特派员|志愿者|代表)"
    r"(?!工作|公寓|房|池|库|奖|项目|政策|资金|服务|站|(?:[、和]?(?:博士|硕士))*(?:学位|授权|点))"
)
_SPAN_OF_TIME = re.compile(
    r"多久|多长时间|(?<![近这那前后])几年(?!来)|多少年|几天|多少天|几个月|历时|时长|(?:几|多少)个?(?:小时|钟头|分钟|星期|周(?![年岁边一-日末])|礼拜)"
)
_COUNT = re.compile(r"(?:人|个|项|件|户|家|名|项目|企业)数(?:量|目)?|数量|数目")
_COUNTED_NOUN = re.compile(  # 有多少创新主体享受到奖励 asks for no sum
    r"有多少(?:创新主体|市场主体|企业|公司|机构|单位|平台|高校|院校|学校|农户|群众|项目|产品|成果|专利|专家|人才|学生|毕业生|技术|品种|地方|部门|旗区|园区|实验室)"
)
_DATED_WITHIN = 12
_WINDOW = re.compile(r"[日号]?\s*(?:-{1,2}|—{1,2}|–|―|~|～|至|到)\s*[^至到—～~]*[日号]$")
_OF_A_WINDOW = re.compile(
    r"截止|截至|起止|哪一?段|时间?段|最[晚迟早]|到期|期间|(?:从|自)(?:哪|什么|何|几)[^，。？?]{0,6}[到至]"
)
_STRONG = re.compile(r"(?:几|多少|前几|哪个)强")
_SEATS = re.compile(r"(?:几|多少)个?席(?:位|之地)?(?!会)")  # of a list: as many as stand on it
_SEAT_UNITS = frozenset("家 个 席 名 人 位 项 所".split())
_SIZE = re.compile(r"规模(?!以[上下])")
_PLACES_UP = re.compile(r"(?:上升|前移|提升|提高|前进|跃升|上移|进|升|挪|后退|下降|下滑|退|降)了?(?:多少|几)[位名]")
_RANK = re.compile(
    r"第几|老几|位次|(?<!安)排(?:在|到|列)?(?:第)?(?:多少|几)|排名|名次|位列|排在|位居|(?<=[第排列居位])几名|[得获拿进]了?第?几名(?!院|专|科|额|学)"
)
_PHONE = re.compile(
    r"(?<!打)电话(?!会|问|询|回访|采访)|号码|手机(?=号|是|[？?]|$)|联系方式|传真|拨(?=打|哪|什么)|座机(?!关)"
)
_NUMBER_OF_A_PAPER = re.compile(r"编号|几号(?:提案|议案|文)|多少号|第几号")
_NUMBER_OF = re.compile(r"第几(?P<unit>[期次届号批])")
_BEFORE = re.compile(
    r"原来|[旧原](?=[一-鿿]{0,6}(?:体系|标准|办法|规定|政策|制度|指标|机制|版))|原先|原本|从前|此前|先前|早先|之前|以前|增长前|修[订改]前|调整前|改[革版]前|(?:出台|实施|印发)前|年初|起初|起点|最初|基数|从多少|由多少"
)
_HOW_OFTEN = re.compile(r"隔多久|多久[^，。]{0,6}[一1][次遍回趟]|多长时间[^，。]{0,6}[一1][次遍回趟]|什么频率|频次")
_HOW_OFTEN_FORM = re.compile(r"[按每](?:半年|季度|年|月|周|旬|日|天)(?![末初底份])")
_FIRST = re.compile(r"首位|榜首|第一(?=[，。；、）)]|$)|第一名")
_MARK = re.compile(r"[、，；,;]")
_ARTICLE = re.compile(r"一(?:个|名|位|家|项|批|种|条|次|所|座|件|份|套|类|支)")
_ONLY = re.compile(r"(?:仅|只|共|有|唯|第|增|减|每)[^，。]?$")
_ARTICLE_COUNTS = 0.2  # of the fit
_SEVERAL_YEARS = re.compile(r"哪[两二三四五几]个?(?:年|月|天)")
_TIME_UNITS = frozenset("年 天 个月 小时 月 周 日 个小时 分钟 个工作日 工作日".split())
_COUNTERS = frozenset("个 家 名 项 位 户 件 篇 所 款 张 份 条 种 类 座 台 套 只 部 次 人 场 批 大 期 届".split())
# What may be counted with another word; with one that is not listed any other.
_LIKE = {
    "家": frozenset("家 个 户 所 名".split()),
    "所": frozenset("所 家 个".split()),
    "台": frozenset("台 辆 套 个 部".split()),
    "座": frozenset("座 个 处 项".split()),
    "篇": frozenset("篇 件 个 部 项".split()),
    "份": frozenset("份 件 个 张".split()),
    "件": frozenset("件 项 个 份 篇".split()),
    "户": frozenset("户 家 个".split()),
    "个": _COUNTERS - frozenset("条 篇 份 次 届 期 款".split()),
    "人": frozenset("人 名 位 个 户".split()),
    "名": frozenset("名 人 位 个".split()),
    "位": frozenset("位 人 名 个".split()),
    "条": frozenset("条 项 款 个 种".split()),
    "场": frozenset("场 次 个".split()),
    "次": frozenset("次 场 届 期".split()),
}
_NO_RANKS = frozenset("步 年 批 期 届 次 条 章 款 天 季度 产业 号".split())  # 第一步
_NO_COUNTERS = frozenset("元 % 人 户 年 天 个月 个百分点 百分点".split())


def number_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Numbers, each with qualifier and unit, whose unit is of the kind asked for."""
    found = _places_in_a_ranking(question, view)
    changes = view.changes
    before = bool(_BEFORE.search(question.text))
    limits = _mere_limits(question, view)
    for mention in view.numbers:
        fit = unit_fit(question, mention)
        if is_an_article(view.text, mention):
            fit *= 0.0 if _PEOPLE.search(question.text) else _ARTICLE_COUNTS
        if fit > 0 and not _of_the_asked_end(
            before or _from_then(question, view, mention), changes, mention.number_start
        ):
            continue  # 由132家增长到330家: what it was is no answer to what it is, nor the other way round
        if fit > 0:
            fit += max((change.subject_fit(question, mention.number_start) for change in changes), default=0.0)
            fit = min(1.0, fit + _beside_focus(question, view, mention))
            fit -= _TITLE_PENALTY if mention.start < len(view.passage.lead) else 0
            fit -= _LIMIT_PENALTY if mention in limits else 0
            found.append(Candidate(mention.start, mention.end, max(0.05, fit)))
    return found


def start_with_limit(text: str, mention: NumberMention, at: int = 0) -> int:
    """Where the words begin that make ``mention``, counted from ``at``, a limit (最高可获 before 10万元); its own start where there are
    none, or where it has a qualifier that says so (不超过).
    """
    start = at + mention.start
    if mention.qualifier:
        return start
    before = _LIMIT_BEFORE.search(text, max(0, start - _LIMIT_CHARS), start)
    return before.start() if before else start


def end_with_noun(view: PassageView, mention: NumberMention) -> int:
    """Where the noun ends that a bare rank belongs to (第一大市, 第一动力: 第一大 says nothing); the rank's own end where there is none."""
    end = mention.end
    if not mention.ordinal or mention.unit not in (None, "大"):
        return end
    for word in view.words:
        if word.start == end and word.tag in _COMMON_NOUNS and word.end - mention.end <= _NOUN_CHARS:
            end = word.end
    return end


def _mere_limits(question: Question, view: PassageView) -> list[NumberMention]:
    """The numbers that are upper limits, where no limit is asked for and the passage holds another number of that unit that is none."""
    if _ASKS_FOR_A_LIMIT.search(question.text):
        return []
    limits = [
        mention
        for mention in view.numbers
        if _UPPER_LIMITS.search(mention.qualifier) or start_with_limit(view.text, mention) < mention.start
    ]
    others = {mention.base_unit for mention in view.numbers if mention not in limits}
    return [mention for mention in limits if mention.base_unit in others]


def range_behind(question: Question, view: PassageView, place: Range) -> str:
    """The range of the passage's body that an item's title sums up by its upper end at ``place`` (最高可获10万元 for 5万到10万元); empty
    where there is none, or where a limit is asked for.
    """
    if place[0] >= len(view.passage.lead) or _ASKS_FOR_A_LIMIT.search(question.text):
        return ""
    ends = {(each.value, each.base_unit) for each in view.numbers if place[0] <= each.number_start < place[1]}
    told = (
        view.slice((each.start, each.end))
        for each in view.numbers
        if each.start >= len(view.passage.lead) and each.upper is not None and (each.upper, each.base_unit) in ends
    )
    return next(told, "")


def is_an_article(text: str, mention: NumberMention, at: int = 0) -> bool:
    """Whether 一个 says that there is something (建立了一个“人才池”), not how many there are (仅有一个). ``mention`` is counted from ``at``."""
    first, last = at + mention.number_start, at + mention.unit_end
    return bool(_ARTICLE.fullmatch(text, first, last)) and not _ONLY.search(text, max(0, first - 3), first)


def _from_then(question: Question, view: PassageView, mention: NumberMention) -> bool:
    """Whether a number is told of the day that the question names as what it rose from: 77家 of 从2021年初77家增长至279家."""
    before = view.folded[max(0, mention.start - _DATED_WITHIN) : mention.start].removesuffix("的")
    return any(before.endswith((f"从{each.text}", f"由{each.text}")) for each in question.periods)


def _of_the_asked_end(before: bool, changes: Sequence[Change], at: int) -> bool:
    """Whether the number at ``at`` is the old value of its change where the old one is asked for, else that it is not."""
    own = [change for change in changes if change.subject_at(at) or change.is_start(at) or change.is_end(at)]
    return not own or any(change.is_start(at) is before for change in own)


def _places_in_a_ranking(question: Question, view: PassageView) -> list[Candidate]:
    """居全区首位, 按季度: what answers 排第几 and 隔多久 without a numeral."""
    forms = _HOW_OFTEN_FORM if _HOW_OFTEN.search(question.text) else _FIRST if _asks_for_rank(question) else None
    return [Candidate(*match.span(), 1.0) for match in forms.finditer(view.text)] if forms else []


def _asks_for_rank(question: Question) -> bool:
    """Whether a place in a ranking is asked for: not in 排在第二的拿了几项, which asks for a count."""
    counted = question.unit in _COUNTERS - {"名", "位"} and "第几" not in question.text
    return not counted and _RANK.search(question.text) is not None and not _PLACES_UP.search(question.text)


def asks_for_a_paper(question: Question) -> bool:
    """Whether the number of a paper is asked for (提案的编号)."""
    return bool(_NUMBER_OF_A_PAPER.search(question.text))


def unit_fit(question: Question, mention: NumberMention) -> float:
    """How well the unit of a number is the one asked for, in [0, 1]; 0: a number of something else (378份 for a salary)."""
    text = question.text
    if _PHONE.search(text):
        return 1.0 if mention.phone else 0.0
    if mention.phone:
        return 0.0
    if asks_for_a_paper(question):
        return 1.0 if mention.ordinal and mention.unit == "号" else 0.0
    ordered = _NUMBER_OF.search(text)
    if ordered:
        return 1.0 if mention.ordinal and mention.unit == ordered["unit"] else 0.0
    if _asks_for_rank(question):
        return 1.0 if mention.ordinal and mention.unit not in _NO_RANKS else 0.0
    if mention.ordinal:
        return 0.0
    base = mention.base_unit or ""
    if mention.unit == "强" and not _STRONG.search(text):
        return 0.0  # 进入全区研发投入100强: the list's name, no count
    if _SEATS.search(text):
        return 1.0 if base in _SEAT_UNITS else 0.0
    if _SIZE.search(text) and base in {"个", "项", "家", "大"}:
        return 0.0
    if _MANY_PEOPLE.search(text):
        return 1.0 if base in {"人", "名", "位"} else 0.0
    if _PLAIN_VALUE.search(text):
        return 1.0 if not base else 0.1
    if _COINS.search(text):
        return 1.0 if base == "元" else 0.0
    if question.unit == "成" or _PERCENT.search(text) or PROGRESS.search(text):
        return 1.0 if base == "%" else 0.0
    if _SPAN_OF_TIME.search(text):
        return 1.0 if base in _TIME_UNITS else 0.0
    if re.search(r"比重|占比|比例|百分|贡献率|增速|增长率|(?:投入|投资)强度", text) and not re.search(
        r"多少(?:钱|元|亿|万|资金)", text
    ):
        return 1.0 if base in {"%", "个百分点", "百分点"} else 0.0
    if _SHARE.search(text) and not _MONEY.search(text):
        return 1.0 if base in {"%", "个百分点", "百分点"} else 0.35
    if _COUNT.search(text) and base in {"元", "%"}:
        return 0.0
    if not question.unit and _COUNTED_NOUN.search(text):
        return 1.0 if base in _COUNTERS else 0.0 if base in _NO_COUNTERS else 0.3
    if question.unit:
        return _counter_fit(question.unit, mention)
    if _AREA.search(text):
        return 1.0 if base in _AREA_UNITS else 0.1
    if _AS_A_RATE.search(text) and base in {"%", "个百分点", "百分点", "倍"}:
        return 1.0
    if _MONEY.search(text) or _GIVES.search(text):
        if base in {"%", "倍"} and _MOVES.search(text):
            return 0.5
        return 1.0 if base == "元" or (not base and mention.value >= 10_000) else 0.0
    if _PEOPLE.search(text):
        return 1.0 if base in {"人", "名", "位"} else 0.3
    return 0.6 if mention.unit else 0.3


def _counter_fit(asked: str, mention: NumberMention) -> float:
    base, unit = mention.base_unit or "", mention.unit or ""
    if asked in (base, unit) or base.endswith(asked) or (asked in {"亿", "万"} and unit.startswith(asked)):
        return 1.0
    if "元" in asked:
        return 1.0 if base == "元" or (not base and mention.value >= 10_000) else 0.0
    if {asked, base} <= {"人", "名", "位", "个"}:
        return 0.8
    if asked in _COUNTERS and base in _COUNTERS:
        return 0.55 if base in _LIKE.get(asked, _COUNTERS) else 0.0
    return 0.0 if asked in _COUNTERS and base in _NO_COUNTERS else 0.1


def _beside_focus(question: Question, view: PassageView, mention: NumberMention) -> float:
    """A number beside the noun that is counted (556个 after 引进新品种, 22个 before 星创天地) is the likelier one."""
    focus = question.focus
    if len(focus) < 2:
        return 0.0
    first, last = view.clause_of(mention.start, mention.end)
    before = view.folded[max(first, mention.start - len(focus) - 2) : mention.start]
    after = view.folded[mention.end : min(last, mention.end + len(focus) + 6)]
    # 工作站13家、实验室4家: each number has its own noun.
    before, after = _MARK.split(before)[-1], _MARK.split(after)[0]
    if view.folded[mention.end :].startswith(focus):
        return 0.5
    return 0.3 if focus in before or focus in after else 0.0


def date_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Dates as precise as asked; a document's own date for questions about the document."""
    wants_year = bool(re.search(r"哪一?年|年份", question.text))
    windows = _OF_A_WINDOW.search(question.text) is not None
    found = []
    for mention in view.dates:
        days = (mention.period.last - mention.period.first).days
        fit = (
            1.0
            if (days >= 27) is wants_year or (windows and is_window(mention.period.text))
            else 0.4
            if days < 366
            else 0.05
        )
        of_document = bool(
            re.search(
                r"落款|成文|印发|签发|出刊|出版|期.{0,6}(?:出|发)|答复函?.{0,4}(?:是|的)?(?:哪|什么时|何时)"
                r"|(?:哪[天日]|什么时候|何时)[^，。]{0,3}(?:答复|回复)",
                question.text,
            )
        )
        if (view.passage.role is not BlockRole.BODY) is not of_document:
            fit *= 0.5
        found.append(Candidate(mention.start, mention.end, fit))
    return found + _years_in_a_row(view) if _SEVERAL_YEARS.search(question.text) else found


def is_window(written: str) -> bool:
    """Whether a period is written from day to day (3月1日至4月15日)."""
    return _WINDOW.search(written) is not None


def _years_in_a_row(view: PassageView) -> list[Candidate]:
    """2023年和2024年, where it is asked in which two years."""
    rows: list[tuple[int, int]] = []
    for mention in view.dates:
        if rows and view.text[rows[-1][1] : mention.start].strip() in {"、", "和", "与", "及"}:
            rows[-1] = (rows[-1][0], mention.end)
        else:
            rows.append((mention.start, mention.end))
    single = {(mention.start, mention.end) for mention in view.dates}
    return [Candidate(*row, 1.0) for row in rows if row not in single]
