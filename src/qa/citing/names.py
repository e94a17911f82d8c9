"""People and organisations named in a text, by the analyzer's word classes and by the habits of official writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from qa.records import Word

Range = tuple[int, int]

_PERSON_TAGS = frozenset({"nr", "nrfg", "nrt", "nrj"})
_NAME_TAGS = frozenset("n ns nsf nz nt nr nrfg nrt j a b v vn an eng x l f i s g zg".split())
_PROPER_TAGS = frozenset({"ns", "nt", "nr", "nz"})
_PARTICLES = frozenset("p c v d u uj ud ul y r m q t".split())
_TITLE = re.compile(
    r"(?:书记|[市区旗县省局厅部处科司署行校院所会]长|秘书长|理事长|董事长|主席|主任|经理|巡视员|调研员|总理|总书记"
    r"|教授|院士|研究员|编辑|审核|签发人|联系人|代表|委员|记者)[:：\s]{0,2}$"
)
_ANY_TITLE = re.compile(
    r"(?:常务副|副|代)?(?:总书记|书记|秘书长|理事长|董事长|总经理|[市区旗县省局厅部处科司行校院所会组]长|主席|主任|总理"
    r"|巡视员)"
)
_FULL_TITLE = re.compile(f"(?:{_ANY_TITLE.pattern})$")
_NOT_PEOPLE = frozenset(
    """
    康巴什 准格尔 乌审 达拉特 伊金霍洛 杭锦 鄂托克 东胜 高新 和平 明确 红头 金融 双碳 兴蒙 安康 向阳 高质量 高层次
    顾问 宣贯会 宣贯 鄂府 山羊绒 山羊 万元 全区 全市 全国 高标准 高水平 高校 高端 广大 文明 文化 通报 通知 成果 成效
    成功 容量 富民 国家 国际 关于 关键 强化 强调 安全 时代 平台 项目 满意 解决 向好 易地 管理 计划 应用 路径 支持
    支撑 利用 利益
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
_NOT_IN_NAMES = ("会同", "联合", "邀请", "协同", "印发", "修订", "发布", "召开", "建设", "推动", "走进", "参加", "会见")
_BODY_AFTER = re.compile(r"会(?![见同谈晤商])|[部局厅院校所团组]")
_ABSTRACT_ENDS = "化性型式度率力"
_FUNCTION_ENDS = "于作在到就对与和为是任称说率带赴向将等的同会从"
ORGANISATION_ENDING = re.compile(
    r"(?:公司|集团|大学|学院|研究院|研究所|研究中心|中学|学校|实验室|(?<![签部布格结大])[局厅署]|委员会|常委会"
    r"|[发革信健资建教计经农编民]改?委|[党市省区县旗]委|办公[室厅]|中心|协会|学会|联合会|报社|日报|新闻网|(?:人民|中国|新华|光明|央视|经济|青年)网|新华社|电视台|政府|开发区|高新区|银行|医院"
    r"|合作社|分院|国务院|(?:科技|工信|财政|教育|商务|农业|水利|交通|公安|外交|生态环境)部|联盟)$"
)
_AUTHORITY_BEFORE_TITLE = re.compile(
    r"(?:市|自治区|省|国家)[\u4e00-\u9fff]{1,8}?[局厅委](?=(?:党组)?(?:常务副|副|代)?(?:[局厅]长|主任|书记))"
)
_GENERIC = re.compile(
    r"(?:各|本|该|相关|有关|全部|多家|部分|所属|一批|首家|全球|重点|龙头|中小|规上|工业|民营|国有|新型|综合|同一)?"
    r"(?:公司|集团|大学|学院|研究院|研究所|学校|实验室|政府|中心|协会|银行|医院|合作社|联盟|办公室|委员会|部门)"
)


class OrganisationClass(StrEnum):
    """Organisations that could stand for each other in a sentence."""

    SCHOOL = "school"
    AUTHORITY = "authority"
    COMPANY = "company"
    MEDIA = "media"
    INSTITUTE = "institute"
    OTHER = "other"


_CLASSES = (
    (re.compile(r"(?:大学|学院|中学|学校|分院)$"), OrganisationClass.SCHOOL),
    (re.compile(r"(?:公司|集团|合作社|银行)$"), OrganisationClass.COMPANY),
    (re.compile(r"(?:报社|[日晚早周]报|网|新华社|电视台|通讯社)$"), OrganisationClass.MEDIA),
    (re.compile(r"(?:研究院|研究所|研究中心|实验室|医院)$"), OrganisationClass.INSTITUTE),
    (re.compile(r"(?:[局厅署部委]|委员会|常委会|办公[室厅]|政府|国务院)$"), OrganisationClass.AUTHORITY),
)


def organisation_class(name: str) -> OrganisationClass:
    """The class of an organisation by the end of its name."""
    return next((kind for pattern, kind in _CLASSES if pattern.search(name)), OrganisationClass.OTHER)


def find_organisations(text: str, words: Sequence[Word]) -> list[Range]:
    """Spans of organisations' names, each as long as the words allow; bare nouns (公司, 政府) are none."""
    found: list[Range] = []
    for run in _runs(words, _NAME_TAGS):
        begins = 0
        for at, word in enumerate(run):
            following = run[at + 1].text if at + 1 < len(run) else ""
            ends_here = ORGANISATION_ENDING.search(text[run[begins].start : word.end])
            if not ends_here or (following and _goes_on(text[run[begins].start : word.end] + following)):
                continue
            first = _where_it_begins(run[begins : at + 1])
            name = text[first : word.end]
            if len(name) >= 2 and not _GENERIC.fullmatch(name) and not any(mark in name for mark in "，。；、“”《》"):
                found.append((first, word.end))
            begins = at + 1
    # The analyzer may cut 科技局局长 into 科技 and 局局长.
    titled = (m.span() for m in _AUTHORITY_BEFORE_TITLE.finditer(text))
    found += [span for span in titled if not any(a < span[1] and span[0] < b for a, b in found)]
    return sorted(found)


def _where_it_begins(run: Sequence[Word]) -> int:
    """Where the name that a run of words ends with begins: after people, titles and, but for companies, verbs."""
    lenient = organisation_class(run[-1].text) in (OrganisationClass.COMPANY, OrganisationClass.INSTITUTE)
    first = 0
    if run[0].tag in _PERSON_TAGS:
        first = next((at for at, word in enumerate(run) if word.tag == "ns"), 0)
    for at, word in enumerate(run[:-1]):
        verb = word.tag == "v" and (not lenient or first == at or run[at + 1].tag in _PROPER_TAGS)
        verb = verb and run[-1].end - word.end > 1  # 改革 in 国家发展改革委
        if verb or _TITLE.search(word.text) or (not lenient and word.tag in _PERSON_TAGS):
            first = at + 1
    start = run[first].start
    return start + 2 if run[first].text.startswith(_NOT_IN_NAMES) and len(run[first].text) > 1 else start


def _goes_on(name: str) -> bool:
    """鄂尔多斯实验室 | 准格尔中试基地 stops, 清华大学 | 化学工程系 stops, 科技局 | 办公室 goes on."""
    return bool(ORGANISATION_ENDING.search(name))


def find_people(text: str, words: Sequence[Word], organisations: Iterable[Range] = ()) -> list[Range]:
    """Spans of people's names: words of that class outside organisations, completed after a title (市长孔繁 + 飞)."""
    taken = list(organisations)
    found: list[Range] = []
    for at, word in enumerate(words):
        if word.tag not in _PERSON_TAGS or any(start <= word.start < end for start, end in taken):
            continue
        if found and word.start < found[-1][1]:
            continue
        end = word.end
        following = words[at + 1] if at + 1 < len(words) else None
        short = end - word.start < 3 and following is not None and following.start == end
        after_title = bool(_TITLE.search(text[max(0, word.start - 5) : word.start]))
        if short and following is not None and following.end - word.start <= 3:
            joins = following.tag in _PERSON_TAGS or (after_title and following.tag not in _PARTICLES)
            end = following.end if joins else end
        if end - word.start == 3 and text[end - 1] in _FUNCTION_ENDS:
            end -= 1
        name = text[word.start : end]
        body = not after_title and _BODY_AFTER.match(text, end)
        common = bool(body) or name in _NOT_PEOPLE or (name[-1] in _ABSTRACT_ENDS and not after_title)
        if 2 <= len(name) <= 4 and name[0] in _SURNAMES and not common and name.isalpha():
            found.append((word.start, end))
    return found


def title_of(text: str, person: Range) -> str:
    """The title right before a name, with 副 and 代: 副市长; empty where there is none."""
    match = _FULL_TITLE.search(text[max(0, person[0] - 8) : person[0]].rstrip())
    return match.group() if match else ""


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


_ROLES = "总编辑|执行编辑|责任编辑|编辑|审核|校对|签发人?|联系人"
_IMPRINT_ROLE = re.compile(
    rf"(?P<role>{_ROLES})\s*[:：]\s*(?P<name>[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){{1,3}})(?![\u4e00-\u9fff])"
)


def stands_as_person(text: str, span: Range) -> bool:
    """Whether a name stands where people do: after a title, or where a clause or another part of a list begins."""
    before = text[max(0, span[0] - 6) : span[0]].rstrip()
    return not before or bool(_TITLE.search(before)) or before[-1] in "，。；：、和与由及日\n”》（"


def same_organisation(a: str, b: str) -> bool:
    """Whether two names may mean one body: 市科技局 and 鄂尔多斯市科学技术局.

    One holds the other, or all characters of the short name of an authority or a company stand in the long one, in
    order and with its end.
    """
    short, long = sorted(_same_province(_bare(a), _bare(b)), key=len)
    if short in long:
        return len(short) >= 2
    kind = organisation_class(a)
    if kind not in _SHORTEST_ABBREVIATION or short[-1:] != long[-1:]:
        return False
    letters = iter(long)
    return len(short) >= _SHORTEST_ABBREVIATION[kind] and all(letter in letters for letter in short)


def _same_province(a: str, b: str) -> tuple[str, str]:
    """自治区工信厅 and 内蒙古工信厅 both with 自治区, 省科技厅 and 青海省科技厅 both with 省."""
    for short, whole in (
        ("自治区", r"^(?:内蒙古|广西|西藏|宁夏|新疆)(?:\w{2,3}族)?(?:自治区)?"),
        ("省", r"^\w{2,3}省"),
    ):
        if a.startswith(short) != b.startswith(short):
            a, b = (name if name.startswith(short) else re.sub(whole, short, name) for name in (a, b))
    return a, b


_SHORTEST_ABBREVIATION = {OrganisationClass.AUTHORITY: 3, OrganisationClass.COMPANY: 6}


def _bare(name: str) -> str:
    return re.sub(r"\s|^国家(?=.{3})", "", name).replace("委员会", "委").replace("发展和改革", "发展改革")


def _runs(words: Sequence[Word], tags: frozenset[str]) -> Iterator[list[Word]]:
    """Longest runs of adjoining words of these classes."""
    run: list[Word] = []
    for word in words:
        joins = word.tag in tags
        if run and (not joins or word.start != run[-1].end):
            yield run
            run = []
        if joins:
            run.append(word)
    if run:
        yield run
