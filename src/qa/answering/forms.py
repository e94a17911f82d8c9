"""口径护栏 of what an answer has to be made of: 哪家 wants a name and no 区内企业, 叫什么 no count, 要哪些材料 papers and no amount; and a line
that only leads on to what follows (现答复如下：) says nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.candidates.attachment import attachment_asked, attachment_candidates
from qa.answering.candidates.clause import members_asked_for
from qa.answering.candidates.enumeration import how_many_asked, is_counted_out, items_of
from qa.answering.candidates.organisation import organisations_in
from qa.answering.candidates.proposal import asks_for_addressee
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.places import is_one_place

_WHICH_FIRM = re.compile(
    r"哪一?(?:家|所)|哪个(?:企业|公司|集团|高校|大学|院校|学校|科研院所|科研机构)|(?:企业|公司|高校|大学|学校)(?:的名[字称])?(?:是|叫)(?:什么|啥|哪)"
)
_SAYS_NOTHING = (
    r"国家级?|(?:自治区|省|市|旗|区|县|盟)级|[国市区旗县省境盟][内外]|本[地市区]|当地|外地|异地|地方|全[市区国旗省盟]|我[市区旗盟]|各[类级地]?"
    r"|多家|部分|若干|其[他它余]|相关|有关|上述|以上|规模以上|规上|大型|中型|小型|中小微?型?|小微型?|微型|小|大|龙头|骨干|头部|重点|优[质秀]|科技|创新|型|高新技术|高新"
    r"|名牌|知名|著名|顶尖|一流|初创|新办|上市|实力|[这那某]|[咱我]们?市|搞|做"
    r"|专精特新|瞪羚|独角兽|领军|民营|国有|私营|外资|工业|农牧业|农业|牵头|承担|申报|实施|参与|入驻|惠及|服务|支持|认定|培育|带动|联合|合作|[一两几\d]+[家所个户]|[家所]|的"
)
_BARE = re.compile(
    rf"(?:{_SAYS_NOTHING})*(?:企业|公司|高校|大学|院校|学校|科研院所|科研机构|院所)(?:[和与、及](?:{_SAYS_NOTHING})*(?:企业|公司|高校|大学|院校|学校|科研院所|科研机构|院所))*等?"
)
_BARE_THING = re.compile(rf"(?:{_SAYS_NOTHING}|自治区|总数|[一两几\d]+个)*(?:实验室|平台|基地|项目|课题|成果|中心)")
# 肉牛屠宰加工企业: no firm is registered as 企业; a name has a form of company, a place or quotation marks
_IS_A_SORT = re.compile(r"(?:(?!有限|股份|集团|[省市县旗区“”（(])[一-鿿\d])*企业")
_BEFORE_A_NAME = re.compile(r"^.*[由与和跟同向被经为是将]")

_ASKS_FOR_NAMES = re.compile(
    r"叫(?:什么|啥)|名字|名单|都?是谁|哪(?:[一两二三四五六七八九十几]|\d{1,2})(?:家|所|名|位|个(?:项目|企业|公司|单位|平台|实验室|基地)|项(?:成果|技术|目)?)|哪些(?:企业|公司|单位|高校|项目|实验室|平台|基地|机构|人)"
)
_BY_SORT = re.compile(r"哪(?:些|几)?(?:类|种|方面|领域|层次|等级)")
_COUNT = re.compile(
    r"[\d一二两三四五六七八九十百]+(?:\.\d+)?(?:余|多)?\s*(?:家|个|项|名|所|户|件|位|人|[万亿]?元|%|％)"
)
_COUNT_BEHIND = re.compile(r"\s*\d+\s*[家个项名所户件位人]")
_PARTS = re.compile(r"[，,、；;。\n]")
_IN_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_LEADS_IN = re.compile(r"(?:方面|其中|领域)$")
_A_NAME = re.compile(r"《[^》]+》|“[^”]{3,}”")

_BODIES_ASKED = re.compile(
    r"哪(?:些|几[个家所]?|[两二三四五六七八九十]\S?)[^，。？?]{0,4}(?:单位|部门|机构|企业|公司|高校|大学)"
)
_A_BODY = re.compile(
    r"(?:[局厅委办部院所校社会厂站队署盟旗县区市省]|公司|集团|大学|中心|政府|企业|银行|联盟|实验室|基地|平台|单位|部门|机构)(?:等|（[^（）]*）)?$"
)

_WHICH_YEAR = re.compile(r"哪一?年(?!级)")
_NAMES_A_YEAR = re.compile(r"\d|[〇零○一二三四五六七八九]{2,4}年|[今去明前后当同次翌]年|五[规年]?”?|时期")
_ONE_PERSON = re.compile(r"哪一?位(?!单位|企业)|哪一?个人|姓名|何人")
_OFFICES = re.compile(r"[长记任员师理]$")
_DOTS = ("·", "•", "・")
_SESSION_BEFORE = re.compile(r"第[一二三四五六七八九十百\d]+届$")

_FIRMS_ASKED = re.compile(r"企业|公司|高校|大学|院校")

_ASKS_WHY = re.compile(r"为什么|为何|为啥|原因")

_LEADS_ON = re.compile(r"(?:如下|下列[^，。：]{0,8}|以下[^，。：]{0,8})[：:]?$|[：:]$")
_SALUTATION = re.compile(r"[ 　]*各[^。：:\n]{2,80}[：:][ 　]*")
_FORMULA = re.compile(
    r"现(?:将|就|对)?[^，。]{0,30}(?:答复|回复|通知|公告|通报|报告|纪要|公示)如下|(?:来函|提案|建议|议案)[》”]?收悉|特此(?:通知|报告|函复|公告)|妥否，请"
)
_PRINCIPLES = re.compile(r"以习近平[^，。]{0,30}(?:思想|精神)为指导")
_ASKS_FOR_PRINCIPLES = re.compile(r"指导|思想|习近平|总体要求|原则|坚持|深入")
_CELL_MARK = "|"

_MATERIALS_ASKED = re.compile(
    r"(?:哪些|什么|啥)[^，。？?]{0,6}(?:材料(?![制做造构组建])|手续|资料)|(?:材料|手续|资料)(?:都?(?:有|要|需要|是|包括))?(?:哪些|什么|啥)"
)
_PAPERS = re.compile(r"材料|[表书证件单函据明]|发票|报告|合同|协议|执照|章程|清单|资料|手续|照片|名册|台账")
_FAILED_ASKED = re.compile(
    r"(?:不合格|不达标|[没未不]通过|没过|逾期|违规|违反|弄虚作假|造假|骗取|套取|失信|[没未]完成|不完成|超期|不按)[^，。？?]{0,12}(?:怎么(?:办|处理|处置|罚)|如何(?:处理|处置)|怎样(?:处理|处置)|什么后果|会怎(?:样|么))"
)
_CONSEQUENCE = re.compile(
    r"取消|撤销|收回|追回|追缴|退回|整改|终止|通报|约谈|追究|处罚|问责|列入|记入|纳入|不得|不予|不再|暂停|停止|停拨|责令|警告|诫勉|查处|依法|扣[减除]|核减|淘汰|退出|降[级低]|重新|限期"
)
_WHY_CHANGED = re.compile(
    r"(?:为什么|为何|为啥|怎么)[^，。？?]{0,4}(?:增长|增加|上升|提高|下降|下滑|减少|降低|回落|走低|上涨|大幅|这么[快慢高低多少大])|(?:增长|增加|上升|提高|下降|下滑|减少|降低|回落)[^，。？?]{0,6}(?:原因|为什么)"
)
_CAUSE = re.compile(
    r"因|由于|得益|受|影响|拉动|带动|主要(?:是|系|为|受)|政策|[一二三]是|系|导致|所致|基数|随着|推动|调整|通过|加大|支撑|贡献"
)
_PLANS_ASKED = re.compile(
    r"(?:将(?:要|会)?|下一?步|今后|打算|计划|准备)(?:重点|着力|主要|继续)?(?:抓好?|做好?|干|推进|开展|实施|部署)[^，。？?]{0,4}(?:哪|什么|啥)"
)
_PLANS = re.compile(
    r"将|要|拟|重点|计划|打算|力争|争取|确保|推进|推动|加快|加强|加大|打造|持续|深入|实施|开展|建设|继续|进一步|提升|着力|抓|做好|围绕|完善|优化|[一二三]是"
)
_FORBIDDEN_ASKED = re.compile(
    r"(?:不能|不得|不可以?|不准|不许|不让|禁止|严禁)(?:花|用|拿|支|买|列支|报销|做|干|享受|申报|申请|参加)[^，。？?]{0,10}(?:哪|什么|啥)"
    r"|(?:哪|什么|啥)[^，。？?]{0,8}(?:不能|不得|不可以?|不准|不许|不让|禁止|严禁)(?:花|用|拿|支|买|列支|报销|做|干|享受|申报|申请|参加)"
)
_FORBIDDEN = re.compile(r"不得|不能|不可|不准|不许|不予|不再|不属于|不享受|不适用|不列入|不允许|禁止|严禁|除外|负面")
_STATE_ASKED = re.compile(
    r"(?:到|进行|走|准备|推进|办理?|干|做)到?了?(?:哪一?步|什么(?:阶段|程度|地步|份上)|啥(?:阶段|程度|地步))"
)
_STATE = re.compile(
    r"已|正|完成|启动|开工|开始|进入|目前|现(?!代|场|象|有|金)|尚|未|处于|截至|过半|通过|征求|形成|阶段|步|取得|达成|编制|\d"
)
_SUPERSEDED = re.compile(
    r"(?:规定|确定|明确)的[^，。；]{0,24}标准[^。；]{0,24}按(?:照)?(?:新|本(?:办法|细则|规定))的?(?:标准|规定)?执行"
)
_FORMER_ASKED = re.compile(
    r"原|旧|老|(?<![高创])新(?!材|能|区|型|增|产|技|药|兴)|以前|之前|此前|过去|暂行|补差|衔接|已经?认定|\d{4}.{0,2}\d+号|作废|废止"
)
_FAULTS_ASKED = re.compile(r"(?:毛病|问题|短板|不足|症结|差距|原因)[^，。？?]{0,6}[在是有](?:哪|什么|啥)")
_COUNTRIES_ASKED = re.compile(
    r"哪(?:些|几个|[两二三四五六七八九十]个)?个?国家(?![级重])|(?:出口|销往|输出|参展|合作)(?:的|到的)?(?:国家|国别)[？?\s]*$"
)
_NO_COUNTRY = re.compile(r"[全中我各外本出归回跨]国|国[内家]")
_COUNTRIES = re.compile(
    r"[美英法德韩泰]国|日本|印度|意大利|西班牙|葡萄牙|荷兰|瑞[典士]|加拿大|澳大利亚|新西兰|新加坡|马来西亚|印度尼西亚|俄罗斯|(?<!内)蒙古|巴西|阿根廷|智利|以色列|沙特"
    r"|阿联酋|伊朗|土耳其|希腊|波兰|捷克|匈牙利|奥地利|比利时|丹麦|挪威|芬兰|爱尔兰|乌克兰|白俄罗斯|哈萨克斯坦|乌兹别克斯坦|吉尔吉斯斯坦|巴基斯坦|越南|老挝|柬埔寨|缅甸|菲律宾|埃及|南非|墨西哥|塞尔维亚|[一-鿿]{2,4}斯坦"
)


def check_form(question: Question, view: PassageView, span: Range) -> Verdict:
    """The first thing that ``span`` is not made of, as the question wants it."""
    words = view.slice(span)
    if _is_superseded(question, view, span):
        return Verdict(AbstainReason.SUBJECT, "资料中这是原来的标准，已按新标准执行")
    if detail := _wants(question, view, span, words):
        return Verdict(AbstainReason.SUBJECT, detail)
    return SOUND


def _is_superseded(question: Question, view: PassageView, span: Range) -> bool:
    """Whether ``span`` is of a rule that the document puts a new one in the place of (对《暂行办法》规定的补助40万元标准，按新标准执行)."""
    sentence = view.folded[slice(*view.sentence_of(*span))]
    return _SUPERSEDED.search(sentence) is not None and not _FORMER_ASKED.search(question.text)


def _wants(question: Question, view: PassageView, span: Range, words: str) -> str:
    kind, text = question.kind, question.text
    number = attachment_asked(question)
    if number and span not in {each[:2] for each in attachment_candidates(number, view)}:
        return f"资料中这里没有写附件{number}的名称"
    if kind in (AnswerKind.PERSON, AnswerKind.ORGANISATION, AnswerKind.PLACE) and _is_amount_or_day(view, span):
        return f"“{words}”是数额或时间，不是所问的人、单位或地方"
    if kind is AnswerKind.DATE and _WHICH_YEAR.search(text) and not _NAMES_A_YEAR.search(words):
        return f"资料中只写“{words}”，没有写是哪一年"
    if kind is AnswerKind.PERSON and _ONE_PERSON.search(text) and _A_BODY.search(words) and not _OFFICES.search(words):
        return f"“{words}”是单位，资料中没有写是哪一位"
    if kind is AnswerKind.PERSON and _FIRMS_ASKED.search(text) and is_bare_sort(words):
        return f"资料中只说“{words}”，没有写名称"
    if kind is AnswerKind.PLACE and _in_a_name_of_an_event(view, span):
        return "资料中这是活动名称的一部分，没有写在哪里"
    if kind is AnswerKind.ORGANISATION and _WHICH_FIRM.search(text) and is_bare_sort(words):
        return f"资料中只说“{words}”，没有写是哪一家"
    if kind is AnswerKind.ORGANISATION and _is_addressed(question, view, span):
        return "资料中这是文件发给的单位"
    if kind not in (AnswerKind.CLAUSE, AnswerKind.LIST, AnswerKind.NAME, AnswerKind.ORGANISATION):
        return ""
    if _asks_for_names(text) and only_counts(view, span):
        return "资料中只写了数量，没有写名称"
    if _asks_for_names(text) and (_BARE_THING.fullmatch(words) or is_one_place(words.strip("◇·● "))):
        return f"资料中这里只说“{words}”，没有写名称"
    if kind in (AnswerKind.LIST, AnswerKind.CLAUSE) and _BODIES_ASKED.search(text) and not _names_bodies(view, span):
        return "资料中这里没有写是哪些单位"
    if kind in (AnswerKind.CLAUSE, AnswerKind.LIST) and _only_leads_on(question, view, span):
        return "资料中这一处只是引出下文的话"
    if _PRINCIPLES.search(words) and not _ASKS_FOR_PRINCIPLES.search(text):
        return "资料中这一处只是总的要求"
    many = how_many_asked(question)
    if many and is_counted_out(words) and len(items_of(words)) != many:
        return f"问的是{many}项，资料中这里列了{len(items_of(words))}项"
    members = () if _ASKS_WHY.search(text) else members_asked_for(text)  # 为什么又称“三遂” asks for no members
    if members and not any(each.search(words) for each in members):
        return "资料中这里没有把所问的几项都写出来"
    sentence = view.text[slice(*view.sentence_of(*span))]
    if _MATERIALS_ASKED.search(text) and not _PAPERS.search(words):
        return "资料中没有写要哪些材料"
    if _FAILED_ASKED.search(text) and not _CONSEQUENCE.search(sentence):
        return "资料中没有写怎么处理"
    if _STATE_ASKED.search(text) and not _STATE.search(words):
        return "资料中这里没有写进展到哪一步"
    if _FORBIDDEN_ASKED.search(text) and not _FORBIDDEN.search(view.slice(view.clause_of(*span))):
        return "资料中这里没有写什么是不允许的"
    if _FAULTS_ASKED.search(text) and only_counts(view, span):
        return "资料中这里只写了数量，没有写问题或原因"
    if _COUNTRIES_ASKED.search(text) and not _COUNTRIES.search(_NO_COUNTRY.sub("", words)):
        return "资料中这里没有写是哪些国家"
    if kind in (AnswerKind.CLAUSE, AnswerKind.LIST) and _PLANS_ASKED.search(text) and not _PLANS.search(sentence):
        return "资料中这里写的是做过的事，没有写打算做什么"
    if kind is AnswerKind.CLAUSE and _WHY_CHANGED.search(text) and not _CAUSE.search(words):
        return "资料中这里只写了变化，没有写原因"
    return ""


def _in_a_name_of_an_event(view: PassageView, span: Range) -> bool:
    """Whether a place is the beginning of what an event is called (中国 of 第九届中国·赤峰农畜产品交易博览会)."""
    return view.text[span[1] : span[1] + 1] in _DOTS or _SESSION_BEFORE.search(view.text, 0, span[0]) is not None


def _is_addressed(question: Question, view: PassageView, span: Range) -> bool:
    """Whether ``span`` stands in the line that a document begins with, of those it goes to (各盟市人力资源和社会保障局、科技局：)."""
    first = view.text.rfind("\n", 0, span[0]) + 1
    last = view.text.find("\n", span[1])
    line = view.text[first : last if last >= 0 else len(view.text)]
    return _SALUTATION.fullmatch(line) is not None and not asks_for_addressee(question) and "收" not in question.text


def is_bare_sort(name: str) -> bool:
    """Whether a name tells only a sort of body (区内企业, 与高校, 科技型中小企业)."""
    bare = _BEFORE_A_NAME.sub("", name) if not _BARE.fullmatch(name) else name
    return _BARE.fullmatch(bare) is not None or _IS_A_SORT.fullmatch(bare) is not None


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _asks_for_names(text: str) -> bool:
    return _ASKS_FOR_NAMES.search(text) is not None and not _BY_SORT.search(text)


def only_counts(view: PassageView, span: Range) -> bool:
    """Whether every part of ``span`` counts and none names (开工企业13家、投产7家)."""
    words = _IN_BRACKETS.sub("", view.slice(span))  # 标准厂房（3.5亿元） is named
    behind = _COUNT_BEHIND.match(view.text, span[1])  # a list may end before its last count: 合格9家、不合格|4家
    words += behind.group() if behind else ""
    parts = [each for each in _PARTS.split(words) if each.strip() and not _LEADS_IN.search(each)]
    if not parts or not all(_COUNT.search(each) for each in parts) or _A_NAME.search(words):
        return False
    bodies = [
        view.text[start:end]
        for start, end in organisations_in(view)
        if span[0] <= start and end <= span[1] and not _COUNT_BEHIND.match(view.text, end)  # 中试基地38家 names none
    ]
    return all(
        is_bare_sort(_COUNT.sub("", each)) or _BARE_THING.fullmatch(each) or _COUNT.search(each) for each in bodies
    )


def _is_amount_or_day(view: PassageView, span: Range) -> bool:
    """Whether ``span`` is a day or a period, or holds an amount of money or a percentage."""
    if any(each.start <= span[0] and span[1] <= each.end for each in view.dates):
        return True
    if any(span[0] <= start and end <= span[1] for start, end in organisations_in(view)):
        return False  # 甲公司担任总运营商，外资持有49%的股份 names one
    held = [each for each in view.numbers if span[0] <= each.start and each.end <= span[1]]
    return any(each.base_unit in {"元", "%"} for each in held)


def _names_bodies(view: PassageView, span: Range) -> bool:
    """Whether ``span`` names one; 高新技术企业 is a sort of firm and no name."""
    words = view.slice(span)
    items = [words[start:end] for start, end in items_of(words)] or [words]
    if any(_A_BODY.search(each) and not is_bare_sort(each) for each in items):
        return True
    held = [view.text[start:end] for start, end in organisations_in(view) if span[0] <= start and end <= span[1]]
    return any(not is_bare_sort(each) for each in held)


def _only_leads_on(question: Question, view: PassageView, span: Range) -> bool:
    """Whether ``span`` is a formula, the line above a list, or the head of a table."""
    words = view.slice(span).strip()
    if asks_for_addressee(question):
        return False
    if _LEADS_ON.search(words) or (view.text[span[1] : span[1] + 2] in {"：\n", ":\n"}):
        return True
    if _FORMULA.search(words) and not re.search(r"\d", words):
        return True
    return _CELL_MARK in words and _is_head_of_table(view, span)


def _is_head_of_table(view: PassageView, span: Range) -> bool:
    """Whether ``span`` lies in the first of several lines of cells."""
    first = view.text.rfind("\n", 0, span[0]) + 1
    before = view.text[:first].rstrip("\n").rpartition("\n")[2]
    last = view.text.find("\n", span[1])
    behind = view.text[last + 1 :].partition("\n")[0] if last >= 0 else ""
    return behind.count(_CELL_MARK) > 1 and _CELL_MARK not in before
