"""A question as typed → what it asks for: kind of answer, content words, period, places, unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date

from qa.ports import Analyzer
from qa.records import AnswerKind, Period, Question, Word
from qa.search.aliases import Aliases
from qa.search.everyday import official_words
from qa.search.phrasing import as_officials_say, asked_outright, parts_asked, with_whole_years, without_fillers
from qa.text.bodies import is_short_for
from qa.text.dates import DateMention, find_dates
from qa.text.normalise import fold_in_place
from qa.text.places import PlaceMention, Scope, find_places

# Each pattern is tried in order on the folded question; the first that matches decides. "什么时候" must come before "什么".
_KINDS: tuple[tuple[AnswerKind, str], ...] = (
    (  # a plan 分几年干的: what it is called is asked for
        AnswerKind.NAME,
        r"的[一-鿿]{0,6}(?:计划|行动|工程|产业|产业群|集群|政策|机制|模式|基金|制度|活动|方案)[，,]?(?:名字)?叫(?:什么|啥)名?字?[？?。\s]*$",
    ),
    (
        AnswerKind.DATE,
        r"(?:什么|啥)时(?:候|间|节)|几时|何时|何日|哪[一二两三四五六七八九十几]?[天日年](?!轻|龄)|哪一?个?月|几月几[日号]|几月份?|(?<!第)几[号日](?!线|楼|院|提案|议案|文|令)|哪个(?:月|年份|时间)|哪一?段(?:时间|日子)|什么时间?段|什么日[期子]|时间是|日期(?:是|为)|起止时间",
    ),
    (
        AnswerKind.LIST,
        r"联合(?:举办|主办|承办|开展|组织|召开|发布|印发|发起|共建)的?(?:单位|部门|机构|各?方)(?:是|为|有)?(?:谁|哪些|哪几[家个])?[？?。\s]*$|哪\d{1,2}[家个所位项名件](?!月)|抄送[给了]*(?:谁|哪|什么(?:单位|部门))|都有谁|\d+[家个所位项]\w{2,6}?的?(?:具体|各自)?的?(?:名称|名字)[？?。\s]*$|\d+[家所][^，。？?]{2,12}?(?:都|分别|各)?叫(?:什么|啥)|(?<!第)[两二三四五六七八九十](?:家|个|项|所|种|位|名|款)[^，。？?]{2,24}?(?:都|分别|各自?)叫(?:什么|啥)|(?<!第)[两二三四五六七八九十](?:家|所)[^，。？?]{2,12}叫(?:什么|啥)|谁和谁|谁与谁|列出|列举|列全(?![区市省国])|列一下|[两二三四五六七八九十](?:家|个|项|位|所|种|条|部|份)[^，。]{0,14}[，,]?(?:的)?(?:名称|名字)(?:分别)?(?:是|叫)(?:什么|啥)|哪几[位名个家项样种]|哪些",
    ),
    (  # no place
        AnswerKind.CLAUSE,
        r"(?:落脚点|出发点|着力点|着眼点|突破口|重心|难点|堵点|痛点|优势|特色|特点|差距|不足|短板|亮点|关键|区别)[^，。]{0,4}(?:在|是)(?:哪|什么)|(?:原因|问题|毛病|症结|瓶颈|病根|根子|卡|[难强差错])[^，。]{0,3}在哪(?!一?[个家座省市县旗区天年月]|些)|[用花投砸使](?:到|在)了?哪(?!一?[个家座省市县旗区天年月]|些)|从哪里?儿?(?:出发|入手|发力|着手)",
    ),
    (
        AnswerKind.PERSON,
        r"(?:一把手|老总|老板|掌门人?|当家人?|头儿|领导|同志)(?:是|叫)哪一?个",
    ),
    (
        AnswerKind.ORGANISATION,
        r"谁家|哪家上榜|(?:在|是|属于?)[^，。？?]{0,12}哪个(?:处室|科室|处|科)(?:室)?(?:任|当|工作|的|[？?\s]*$)|(?:什么|哪家|哪个|哪份)(?:报纸|媒体|报社|网站)|出处是?[？?。\s]*$|由谁(?:来)?(?:发布|报道|印发|公布|起草|牵头|主办|承办|申报|研发|出资|资助|认定|评定|修订|答复|回复|办理|举办|编制|制定|批准|实施)|(?:媒体|单位|公司|机构|企业|学校|大学)(?:的名字)?(?:是|叫)(?:什么|啥)|(?:单位|部门|机构|公司|企业|高校)(?:是|为)谁|哪一?个?(?:民主)?党派|哪个(?:办公室|办公厅|编辑部|代表团)|(?:平台|单位|企业|公司|集团|实验室|研究院|高校|大学|学校|院校|园区|机构|部门|党派|媒体|[主承]办方)[^。？?]{0,30}[，,]?是哪一?(?:个|家|所)(?:[（(，,]|[？?。\s]*$)",
    ),
    (
        AnswerKind.CLAUSE,
        r"(?:目的|原因|意义|理由|初衷|缘由)(?:是|为|在于|何在)|哪一?(?:步|阶段)|什么(?:阶段|地步|程度)",
    ),
    (AnswerKind.NUMBER, r"(?<!打)电话(?!会|问|询|回访|采访)|号码|手机号|编号(?:是|为)|几号(?:提案|议案)|第几号|排老几"),
    (
        AnswerKind.PERSON,
        r"(?:书记|长|主任|经理|编辑|院士|教授|代表|负责人|联系人|主席)[，,]?(?:的?名字)?(?:是|叫)(?:什么|啥|[？?]|$)|姓名|姓什么|谁|哪一?(?:位|名)(?!次)|哪个人|何人|什么人|(?:教授|院士|专家|老师|人|位|同志)[^，。]{0,4}(?:叫什么|名字)",
    ),
    (
        AnswerKind.LIST,
        r"哪些|哪几(?!天|年|日|月)|哪[两二三四五六七八九十](?!天|年|日|月)|包括什么|有什么(?![一-鿿]{0,4}(?:区别|意义|作用|影响|好处|特点|关系|变化|差别|不同)|用)|分别(?:是|为|叫|有)(?!多少|几)|依次|列出|列举",
    ),
    (
        AnswerKind.ORGANISATION,
        r"哪一?(?:家|所|方(?![面式法案向]))|哪个(?:单位|部门|部委|部(?!分)|机构|园区|开发区|平台|企业|公司|大学|学校|高校|局|厅|委|院|研究院|研究所|实验室|集团|组织|党派|[协学]会|联盟|医院|银行)|什么(?:单位|部门|机构|企业|公司|大学|学校|高校|组织)|何(?:单位|部门|机构)|由谁|被谁|向谁",
    ),
    (
        AnswerKind.PLACE,
        r"(?:在|于|到|自|是|去)哪里|哪里(?:召开|举行|举办)|哪儿|何处|何地|在哪(?!些|个(?:项目|档|层|阶段|系统|平台|网站)|一?[层档级类步环段]|[本份部篇期家届])|什么地[方点区]|哪一?(?:个|座)?(?:省|市|旗|区(?!别)|县|城市|地方|地区|盟市|国家)|地点(?:是|在)",
    ),
    (
        AnswerKind.NUMBER,
        r"多少|(?<![近这那前后好让])几(?!乎|经|何|年来)|什么位次|什么名次|多久|多大|(?<!水平有)(?<!水平)多高|多长|多重|占比|比例是|比重|第几|名次|百分之几|金额(?:是|为)|数额|总额是|排名(?:是|为|如何|怎样)|上限(?:是|为)?|额度(?:是|为)",
    ),
    (AnswerKind.CLAUSE, r"为什么|为何|为啥|怎么|怎样|怎麼|如何|何种|哪一?个?方面|哪一?[点块]|什么样"),
    (
        AnswerKind.NAME,
        r"哪(?:一|部|份|个|项|期|篇|本|种|类|条|场|次|届|门|款|只|支|批)|叫什么|名称|名字|什么(?:[一-鿿]{1,3}(?=文件))?(?:名|实验室|协议|题目|标准|体系|工程|专项|基金|指数|产品|口号|模式|效应|文件|政策|称号|主题|项目|奖|平台|技术|办法|方案|计划|活动|会议|栏目|题目|号)|文号|标题|题目",
    ),
    (AnswerKind.CLAUSE, r"什么|啥|何"),
    # Keywords without an asking word: what they end in decides.
    (
        AnswerKind.LIST,
        r"^.{8,}?[两二三四五六七八九十](?:个|项|条)(?:方面|任务|举措|措施|领域|重点)[一-鿿]{0,4}[？?。\s]*$",
    ),
    (AnswerKind.DATE, r"(?:时间|日期|日子|年份|几时)(?:是|为)?[？?。\s]*$"),
    (
        AnswerKind.NUMBER,
        r"(?:数量|人数|项数|件数|户数|个数|家数|数目|总数|总量|金额|总额|经费|投入|支出|资金|占比|比例|增速|排名|名次|规模|面积|产值|区间|额度|补助标准|总数|数|任务量|[产销存]量|拥有量|保有量|(?:户籍|常住|城镇|乡村|农村|总)人口|投资额|赤字|(?<!效)率|GDP|gdp|总值|利润|营收|里程|长度|强度|[涨降增]幅|(?:率|增长|控制|减排|产值|投资|收入)目标)(?:合计|总计|共计|是|为|有|达)?[？?。\s]*$",
    ),
    (
        AnswerKind.PERSON,
        r"(?:负责人|联系人|编辑|审核|签发人|执笔人?|[局市院校处厅科旗县盟所站组部]长|(?<![地社])区长|书记|主任|法人代表|总经理|董事长)[？?。\s]*$",
    ),
    (AnswerKind.ORGANISATION, r"(?:单位|部门|机构|企业|公司|高校|大学|主办方|承办方)[？?。\s]*$"),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

_UNIT = re.compile(
    r"(?:多少|(?<![近这那前后])第?几)\s*(?:个(?=[亿万]))?(百分点|百分比|亿元|万元|亿人|万人|万户|平方米|公里|个百分点|个(?!人|体|别|亿|万)|家(?!庭|长)|名(?!额|单|称|牌)|项(?!目)|人(?!才|员|口|均|次|工|力|们)"
    r"|户(?!籍)|元(?!素)|件(?!数)|篇|所(?!得|在)|支(?!出|持|撑|付)|款(?!项)|张|份(?!额)|届|期(?!间|限|刊)|次(?!数|序)|位(?!置|次)|条(?!件|例)|种(?!类|子|植|质)|类(?!型|别)"
    r"|年(?!轻|度|龄)|天(?!然)|月(?!份)|岁|场(?!所|地|景)|座(?!谈)|台(?!账)|套|只|部(?!门|分|委)|倍|成(?!果|本|效|立)|吨|亩|亿|万|大(?=[一-鿿]{2}))?"
)
_FOCUS = re.compile(
    r"(?:多少|哪些|哪几|哪一|哪|什么|何|(?<![近这那前后])几)\s*(?:个|家|名|项|位|所|条|种|类|份|部|期|次|届|方面的?|样的|大(?=[一-鿿]{2}))?\s*([一-鿿A-Za-z]{1,8})?"
)

STOP_WORDS = frozenset(
    "的 了 吗 呢 吧 啊 呀 么 着 过 是 为 在 于 和 与 及 或 并 而 把 被 将 对 向 从 到 由 以 按 让 给 就 都 也 还 又 很 更 最 有 没有 "
    "这 那 其 该 此 这个 那个 哪 哪个 哪些 哪几 哪家 哪位 哪里 哪儿 哪天 哪年 哪月 哪一 哪种 什么 什么样 啥 谁 何 何时 几 多少 多 怎么 怎样 如何 为什么 为何 多大 多高 多久 "
    "请问 请 想 知道 我 你 他 她 它 我们 你们 一下 告诉 帮 查 查询 一个 一 个 上 下 里 中 内 时 时候 等 之 所 能 可以 会 要 被 叫 叫做 叫作 "
    "具体 分别 一共 总共 共 目前 多长 几个 哪一年 哪一天 是否 有没有 什么时候 由谁来 由谁 合计 总计 钱 数 数量 人数 总数 数目 名称 名字 地点 地方 情况 方面 水平 内容 题目 加起来 大约 大概 到底 究竟 时间 关于 根据 按照 通过 进行 主要 年 月 日 号 家 名 项 位 次 条 种 类".split()
)
"""Words that carry no content of their own: function words, interrogatives, bare measure words."""

_TITLE = re.compile(r"《[^》]*》")
_YEAR_OF_ISSUE = re.compile(r"[12]\d{3}年(?=第[\d一二三四五六七八九十]+期)")  # of a document, not of what it tells
_BASE_YEAR = re.compile(
    r"(?:比|较)(?:上一?年|去年)(?:同期)?(?=[多少增减上下提降高低翻涨])"
)  # of a growth: the year asked for is another
_NOT_MEANT = re.compile(r"[（(]?(?:(?<!要)不要|(?<!是)不是|并非|别拿|除了)[^，。）)？?]*[）)]?")
_NO_ALIASES = Aliases()
Weigh = Callable[[Sequence[str]], Sequence[float]]
"""Words → weights, heavier for rarer ones."""


_QUOTED = re.compile(r"“[^”]*[谁哪几么啥][^”]*”")  # “谁有本事谁揭榜”: a saying
_ASKS_OUTRIGHT = re.compile(r"谁|什么|啥|哪|多少|几|何|怎")


def answer_kind(text: str) -> tuple[AnswerKind, tuple[int, int] | None]:
    """What the question asks for and where the asking word stands; without one a clause is wanted."""
    aside = _QUOTED.sub(lambda quoted: "　" * len(quoted.group()), text)
    for said in (aside, text) if _ASKS_OUTRIGHT.search(aside) else (text,):
        for kind, pattern in _KIND_PATTERNS:
            match = pattern.search(said)
            if match:
                return kind, match.span()
    return AnswerKind.CLAUSE, None


def _after_days(words: Sequence[Word], text: str) -> list[Word]:
    """The words with none that begins with the 日 of a day: 7月8日市科技局 is cut as 日市, 科技局."""
    return [
        word._replace(text=word.text[1:], start=word.start + 1)
        if len(word.text) > 1 and word.text[0] == "日" and text[word.start - 1 : word.start].isdigit()
        else word
        for word in words
    ]


def content_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words that say what the question is about, in order."""
    return tuple(word for word in words if word.text not in STOP_WORDS and word.tag not in {"uj", "ul", "y", "e", "c"})


def _asked_periods(text: str, dates: Sequence[DateMention]) -> tuple[Period, ...]:
    """Without what is only compared with, and without the day of a rule: 2024年 of 2024年……比2023年增加了百分之几."""
    dates = [each for each in dates if not _IN_FORCE.match(text, each.end)]
    asked = [each.period for each in dates if text[max(0, each.start - 1) : each.start] not in {"比", "较"}]
    return tuple(asked or [each.period for each in dates])


_IN_FORCE = re.compile(r"起(?:开始)?(?:施行|执行|实施)的")
"""按2023年8月起执行的新办法: when the rule came, not when what is asked for was."""


def _noun_before(words: Sequence[Word], interrogative: tuple[int, int] | None) -> str:
    """The noun that the asking word is about where none follows it: 重点行动 in 重点行动有几项."""
    if interrogative is None:
        return ""
    before = [word for word in words if word.end <= interrogative[0]][-2:]
    if not before or before[-1].tag[:1] not in "nl" or interrogative[0] - before[-1].end > 3:
        return ""
    joined = len(before) == 2 and before[0].end == before[1].start and before[0].tag[:1] in "nabv"
    return (before[0].text if joined else "") + before[-1].text


WHO_IS = re.compile(
    r"^(?:[^，。]{0,12}?[年月日时][，,]?)?(?P<name>[一-鿿]{2,4}?)(?:同志|先生|女士)?(?:(?:是|为)(?:谁|什么人|哪位|何人|干什么的|做什么的)|(?:是|任|担任|当)(?:什么|啥|何|哪个)(?:职务|职位|官?职|官))[？?\s]*$"
)
"""边东是谁, 边东是什么职务: asks for the office of the person it names."""
_OFFICES = ("书记", "市长", "局长", "厅长", "处长", "主任", "院长", "校长", "经理", "董事长", "教授", "院士")
"""What 边东是谁 is answered by: of the passages that name him those that tell his office are looked for."""
_BODY = r"(?=[^\W在是有与和对的了把向给从]{0,6}?(?:(?<!布)局|政府|委(?!员|托)|人大|政协|办公室)(?!有限|公司|集团))"


def said_at_home(text: str, home: str) -> str:
    """市科技局 for 鄂尔多斯市科技局 and 鄂尔多斯科技局, where ``home``, the bare name of a city, is what the whole library is of: its
    documents do not say their own name, but for their heads and imprints, which are then found instead.
    """
    return re.sub(rf"{re.escape(home)}市?{_BODY}", "市", text) if home else text


def understand(
    text: str,
    analyzer: Analyzer,
    today: date,
    weigh: Weigh,
    aliases: Aliases = _NO_ALIASES,
    home: str = "",
    issuers: Collection[str] = (),
) -> Question:
    """The question as understood. ``today`` is what 今年 and 去年 are relative to; ``weigh`` gives each word's weight; ``home`` is the
    city of the whole library (:func:`said_at_home`), ``issuers`` are those of its documents.
    """
    text = said_at_home(text.strip(), home)
    folded = fold_in_place(text, analyzer.fold)
    if folded != text.lower():
        text = folded  # 繁體 and full width: every rule further on sees what it was written for
    plain = with_whole_years(asked_outright(as_officials_say(without_fillers(text))))
    if plain != text:
        text, folded = plain, fold_in_place(plain, analyzer.fold)
    places = find_places(folded)
    opening = _opening(text, places)
    kind, interrogative = answer_kind(folded)
    every = _after_days(analyzer.words(text), folded)
    words = content_words(every)
    aside = [
        match.span()
        for pattern in (_TITLE, _NOT_MEANT, _YEAR_OF_ISSUE, _BASE_YEAR)
        for match in pattern.finditer(folded)
    ]
    dates = [
        each
        for each in find_dates(folded, year=today.year, today=today)
        if not any(
            first <= each.start < last for first, last in aside
        )  # 《神圣十月》 asks for no month, (不要2021年的) not for that year
    ]
    unit = _UNIT.search(folded)
    focus = _FOCUS.search(folded)
    others = aliases.others_in(folded)
    actor = _actor(folded, every)
    parts = parts_asked(text)
    everyday = official_words(folded)
    return Question(
        text=text,
        kind=kind,
        words=words,
        weights=tuple(weigh([word.text for word in words])),
        terms=_terms(
            analyzer,
            (
                text,
                *(other for _, _, other in (*others, *everyday)),
                *(_OFFICES if WHO_IS.search(folded) else ()),
            ),
        ),
        periods=_asked_periods(folded, dates),
        places=tuple(dict.fromkeys(folded[place.start : place.end] for place in places)),
        unit=_measure_word(folded, unit) if unit else None,
        focus=(focus.group(1) if focus else None) or _noun_before(words, interrogative),
        interrogative=interrogative,
        same=_same(words, others),
        official=_same(words, everyday),
        names=tuple(dict.fromkeys((folded[start:end], other) for start, end, other in others)),
        opening=(opening.start, opening.end + text.startswith("的", opening.end)) if opening else (0, 0),
        city=opening.name if opening else "",
        actor=actor,
        sought=_sought(text, actor, issuers),
        parts=tuple(understand(part, analyzer, today, weigh) for part in parts) if len(parts) > 1 else (),
    )


def _measure_word(text: str, asked: re.Match[str]) -> str:
    """The measure word of 多少家; 户企业 are counted with 家."""
    return "家" if asked.group(1) == "户" and text.startswith("企业", asked.end()) else asked.group(1)


_BEFORE_THE_PLACE = re.compile(r"(?:请问)?(?:到?[12]\d{3}年(?:\d+月)?(?:\d+日)?|[今去前]年)?[，,]?")
_GOES_ON = re.compile(r"[和与跟同、在是比排属至]")  # 鄂尔多斯和包头, 我市在全国排第几
_IN_A_NAME = re.compile(
    r"(?:[^，。的有共了]|有(?=限)){0,8}?(?:大学|学院|公司|集团|[日晚]报|银行|[局委厅办院所]|政府|中心|协会|实验室|机场|站)"
)
_LEAST_CHARS = 4  # of a question that is left without its place


def _opening(text: str, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The city that a question begins with; ``None`` for none, or where it is compared or part of a name."""
    before = _BEFORE_THE_PLACE.match(text)
    start = before.end() if before else 0
    place = next((each for each in places if each.start == start), None)
    if place is None or place.scope is not Scope.CITY or _GOES_ON.match(text, place.end):
        return None
    in_a_name = place.name and _IN_A_NAME.match(text, place.end)
    return place if not in_a_name and len(text) - place.end > _LEAST_CHARS else None


def _sought(text: str, actor: tuple[int, int], issuers: Collection[str]) -> str:
    """The question without the body that acts where that issues documents itself. A government's deeds are told by others too."""
    name = text[slice(*actor)]
    if not name or name.endswith("政府") or not any(is_short_for(name, issuer) for issuer in issuers):
        return text
    return text[: actor[0]] + text[actor[1] :]


_BEFORE_THE_ACTOR = re.compile(
    r"(?:请问)?(?:(?:[12]\d{3}|[今去前])年)?(?:[上下]半年|[一二三四]季度|\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|份|初|底)?)?[，,]?(?:哪一?[天年]|什么时候|何时|几月几[日号])?"
)
_ACTOR = re.compile(
    r"(?:[^\W在是有与和对的了把向给从到去]{0,12}?(?:(?<!布)局|厅|政府|委(?!员|托|会)|委员会|办公室)|[我咱]们?[局厅委办]|本[局厅委办])(?![长党组属]|有限|公司|集团|领导|班子|主任|书记|负责人|办公|网站|机关|内设)里?"
)
_ACTS = frozenset("v p d c t r m".split())  # what follows one that acts: 邀请, 与, 上半年, 为什么; not 科长, 电话, 的
_DEEDS = frozenset("会见 座谈 会议 考察 对接 签约 部署".split())  # said of one that acts, though taken for nouns


def _actor(text: str, words: Sequence[Word]) -> tuple[int, int]:
    """Where the body stands that a question begins with, as the one who does what is asked about; (0, 0) for none."""
    before = _BEFORE_THE_ACTOR.match(text)
    found = _ACTOR.match(text, before.end() if before else 0)
    if found is None:
        return (0, 0)
    following = next((word for word in words if word.start == found.end()), None)
    acts = following is not None and (following.tag[:1] in _ACTS or following.tag == "nr" or following.text in _DEEDS)
    return found.span() if acts else (0, 0)


def _terms(analyzer: Analyzer, texts: Sequence[str]) -> tuple[str, ...]:
    """Search terms of the question and of the other names of what it names; those of the question as often as they stand there."""
    asked = [term for term in analyzer.terms(texts[0]) if term not in STOP_WORDS]
    further = (term for text in texts[1:] for term in analyzer.terms(text) if term not in STOP_WORDS)
    return (*asked, *dict.fromkeys(term for term in further if term not in asked))


def _same(words: Sequence[Word], others: Sequence[tuple[int, int, str]]) -> dict[str, tuple[str, ...]]:
    """For each word that is part of a name the other names."""
    same: dict[str, tuple[str, ...]] = {}
    for start, end, other in others:
        for word in words:
            if word.start < end and start < word.end:
                same[word.text] = (*same.get(word.text, ()), other)
    return same
