"""Persons by name, and the offices they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answering.candidates.appointed import appointments
from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.organisation import NAME_TAGS, organisation_candidates
from qa.answering.candidates.proposal import proposers
from qa.answering.view import PassageView
from qa.records import Question, Word
from qa.search.understanding import WHO_IS
from qa.text.names import mongolian_names
from qa.text.places import find_places
from qa.text.word_runs import word_runs

_LABELLED = r"(?P<role>总编辑|执行编辑|责任编辑|编辑|审核|校对|核稿|签发人?|联系人|经办人|主编|编审|撰稿|执[ 　]*笔人?|起草人?|记[ 　]*录人?)[ 　]*[:：][ 　]*"
_ROLE_NAME = re.compile(_LABELLED + r"(?P<name>[一-鿿](?:[ 　]?[一-鿿]){1,3})(?![一-鿿])")
_ROLE_NAMES = re.compile(
    _LABELLED + r"(?P<names>[一-鿿]{2,5}(?:、[一-鿿]{2,5})+)[ 　]*(?=[；;。\n（(]|$)"
)  # 执笔：甲、乙
OFFICE = re.compile(
    r"副?(?:总书记|总理|书记|市长|省长|[旗县盟镇]长|区长(?![期远效江])|部长|[链河林湖田]长|厅长|局长|处长|科长|主任|主席|院长|校长|所长|股长|组长|秘书长|巡视员|调研员|常委(?!会)|总经理|董事长|经理|院士|教授|专员|会长|行长|总编辑|执行编辑|编辑|主编|审核|签发人|联系人|法人代表|负责人|第一书记)"
)
_STANDS_AS_A_NAME = re.compile(  # behind an office, a body or in a list: 献哈达, 乌兰牧骑 are nobody
    rf"(?:{OFFICE.pattern}|[旗县区市局厅委院司部处科室会任员师记]|^|[、，。；：:（(\s与和及同])$"
)
_SIGNED = re.compile(
    rf"{OFFICE.pattern}[ 　]+(?P<name>[一-鿿]{{2,5}})[ 　]*(?=\n|$)"
)  # 旗长　苏日力格 on a line of its own
_HOLDS = re.compile(r"(?:[为是由](?=[^由为是]))?\s*")
# 院长由…副院长沈牧之兼任, 组长由市长担任: whoever stands behind 由 holds the office before it
_HELD_BY = re.compile(rf"(?P<office>[一-鿿]*?{OFFICE.pattern})由[^，。；]{{0,40}}$")
_IN_ANOTHER_OFFICE = re.compile(r"[一-鿿·]{2,6}?(?:兼|担任|出任|接任)")
_ASKED_OFFICE = re.compile(
    rf"(?P<before>{OFFICE.pattern})[”」]?(?:的名字|姓名|把关|一栏|栏)?人?员?(?:那?一?栏)?(?:填|写)?的?\s*(?:分别|都|各)*(?:是|为|叫|由)?(?:谁|哪|什么|[？?]|$)|哪一?[个位名]?(?P<after>{OFFICE.pattern})"
    rf"|(?:谁|哪一?位)(?:领导|同志)?[来去]?(?:担任|出任|当|做|任)(?P<post>{OFFICE.pattern})"
)
_COMPOUND = re.compile(
    r"(?:欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|东方|端木)[一-鿿]{1,2}(?=[、，。；：等（和与 ]|$)"
)
_DOTS = frozenset("·•‧")
_LABEL = re.compile(_LABELLED + "$")
_ASKS_FOR_A_LABEL = re.compile(
    r"把关|负责|责任|找(?:谁|哪)|对接|联系|签|编|审|核|校|经办|落款|署名|撰|版头|文头|末尾|办理|打给"
)
_OTHER_PARTY = re.compile(r"会见|接待|陪同")  # behind it the office before is another person's
_OTHER_LABEL = 0.2
_WRITES = frozenset({"执笔", "起草", "撰稿"})
_ASKS_WHO_WROTE = re.compile(r"谁[^，。？?]{0,3}(?:写|执笔|起草|撰写)|(?:执笔|起草|撰写|撰稿)")
_ASKS_FOR_OFFICE = re.compile(
    r"(?:是|任|担任|当)(?:的是)?(?:什么|啥|何|哪个|哪种)(?:职务|职位|身份|来头|头衔|官?职(?![业称责工能级校守员])|官)"
)
_OTHER_OFFICE = 0.15  # the fit of somebody whose office is another than the one asked for; such are left out
HEAD = re.compile(r"一把手|老总|老板|掌门|当家|头儿")
_LONGEST_NAME = 6
_JOINS_A_NAME = re.compile("[与和及]")
_WHOLE_BODY = re.compile(r"(?:[局厅委办院所校司署会社区县旗市省处科室部]|公司|集团|大学|中心|政府|企业)$")
_BODY_CHARS, _OTHER_BODY = 40, 0.4
_NOT_LAST = "作做率赴会同向在与和主出带参到为并"
# 百家姓 and the commonest others, single characters; a compound surname's first character is among them.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋"
    "沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付佟肖闫朴郟郄郐苑邸晋楚代仝佘冼"
)
NOT_PERSONS = frozenset(
    """师傅 段时间 老师 老板 老乡 小伙 小伙伴 多少钱 封锁 费托 蓝图 贡献 支宁 高水平 康巴 宣介 山羊绒 高端化 高素质 宣贯 文明 齐全 关于 顾问 高质量 高精尖 高层次 高标准 高效 常态化 和谐 方便 安全 高端 明显 时代 白云 黄河 华北 成果 成效 程度 经济 项目 鄂党 鄂府 内党 国办 周密 康巴什 准格尔 乌审 达拉特 伊金霍洛 杭锦 鄂托克 东胜 高新 和平 明确 红头 金融 双碳 那阵子 那阵 那会儿 那拨人 到头来 张罗 红布 养牛 冤枉 冤枉钱 真金 关门 明细 高级 高企 安家 安家费
    宋体 卫星 陆军 古老 温泉 祖先 雷达 荣誉 叶子 养老 公正 晋级 明星 权威 籍贯 宫殿 惠民 容纳 弘扬 施政 史称 红旗 史前 金钟 索引 许可 高清 沙滩 左翼 和尚 侯爵 滑翔 洪水 富豪 晋升 师范 孙女 诸如 师生 师兄 安保 华丽 白银 高潮
    林立 杜鹃 党羽 鱼雷 关怀 胡椒 元老 钱财 康复 宁静 童子 马匹 安抚 范畴 庄园 宣言 燕麦 卫冕 祖母 陈述 空旷 高耸 曾孙 盛世 朴素 毛巾 武功 白旗 云母 白光 滑雪 张贴 松树 田野 金黄 周转 童星 乔木 史诗 祝福 高昂 蓬勃 田园 戈壁 农耕 滑冰
    荆棘 宁可 段子 连休 边远 苏醒 农忙 花蕾 龙虾 明珠 杜撰 张开 温馨 孔雀 后继 严冬 古董 连贯 雷声 荣登 黄铜 须知 华裔 荣耀 荣膺 荣获 李子 顾客 童工 贝壳 乐章 周旋""".split()
)


def person_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Names of persons that the question does not name itself; the holder of the office asked for fits best."""
    asked = _asked_offices(question)
    found = [
        Candidate(*match.span("name"), 1.0 if asked else min(0.6, person_fit(question, view, match.start("name"))))
        for match in _ROLE_NAME.finditer(view.text)
        if not asked or match["role"] in asked or any(office in match["role"] for office in asked)
    ]
    for group in word_runs(view.words, {"nr", "nrfg", "nrt", "nrj"}):
        start, end = group[0].start, group[-1].end
        if end - start >= 3 and view.text[end - 1] in _NOT_LAST:
            end -= 1
        name = view.text[start:end]
        if _is_person(name, question):
            found.append(Candidate(start, end, person_fit(question, view, start)))
    named = _after_offices(view)
    found += [
        Candidate(start, end, person_fit(question, view, start))
        for start, end in mongolian_names(view.text)
        if view.text[start:end] not in question.text and _STANDS_AS_A_NAME.search(view.text, 0, start)
    ]
    found += [
        Candidate(start, end, person_fit(question, view, start))
        for start, end in named
        if _is_person(view.text[start:end], question)
    ]
    found += [
        Candidate(*match.span("name"), person_fit(question, view, match.start("name")))
        for match in _SIGNED.finditer(view.text)
        if match["name"] not in question.text and not find_places(match["name"])
    ]
    found += proposers(question, view)
    found += [
        Candidate(*match.span(), _office_fit(asked, view, match.start()))
        for match in _COMPOUND.finditer(view.text)
        if match.group() not in question.text
    ]
    found = [_whole_name(view, each) for each in found if not _beside_a_dot(view.text, each)]
    found += [
        Candidate(*match.span("names"), 1.0)
        for match in _ROLE_NAMES.finditer(view.text)
        if (match["role"] in asked if asked else _asks_for_label(question, match["role"]))
    ]
    # 卫东 is a part of 市长包卫东, though 卫 is a surname
    found = [each for each in found if not any(start < each.start and each.end == end for start, end in named)]
    found = _of_the_body_named(question, view, found)
    found = [each for each in found if not any(_is_within(each, other) for other in found)]
    longest = {each.start: max(other.end for other in found if other.start == each.start) for each in found}
    found = [each for each in found if each.fit > _OTHER_OFFICE and each.end == longest[each.start]]
    if not asked and re.search(
        r"由谁|被谁|谁(?:来|负责|承担|牵头)|[让请叫]谁|谁.{0,4}(?:主办|承办|出资|投资|申报|发布|印发|研发|研制|开发|生产|建设|实施)",
        question.text,
    ):
        found += [each._replace(fit=0.5 * each.fit) for each in organisation_candidates(question, view)]
    return found


def _asks_for_label(question: Question, role: str) -> bool:
    """Whether it is asked who stands behind the label (执笔：甲、乙 for 谁执笔的, 是谁写的)."""
    bare = "".join(role.split()).removesuffix("人")
    return bare in question.text or (bare in _WRITES and _ASKS_WHO_WROTE.search(question.text) is not None)


def _whole_name(view: PassageView, each: Candidate) -> Candidate:
    """王庆格 up to 日勒, 乌力吉 up to 图: segmentation cuts Mongolian names."""
    end = next((last for first, last in mongolian_names(view.text) if each.start <= first < each.end < last), each.end)
    return each._replace(end=end)


def _is_within(each: Candidate, other: Candidate) -> bool:
    """Whether a name is the end of a longer one: 格日勒 of 王庆格日勒."""
    return other.start < each.start and each.end == other.end and other.end - other.start <= _LONGEST_NAME


def _of_the_body_named(question: Question, view: PassageView, found: list[Candidate]) -> list[Candidate]:
    """Of several who hold the office asked for, those stand back whose body is told with fewer of the question's words (甲煤机集团总经理张三、
    乙机械公司总经理李四: 煤机 is the first one's).
    """
    asked = [word.text for word in question.words if word.tag[:1] in "nj" and not OFFICE.search(word.text)]
    held = {}
    for each in found:
        before = re.split(r"[、，。；：]", view.text[max(0, each.start - _BODY_CHARS) : each.start])[-1]
        office = list(OFFICE.finditer(before))
        named = office and office[-1].end() == len(before)
        if named and (office[-1].group() in question.text or HEAD.search(question.text)):
            held[each] = sum(word in before for word in asked)
    most = max(held.values(), default=0)
    return [each._replace(fit=_OTHER_BODY * each.fit) if 0 < held.get(each, 0) < most else each for each in found]


def _beside_a_dot(text: str, each: Candidate) -> bool:
    """Whether a name is a part of another's (霍尔 of 汤玛斯·霍尔兹), which is left to the trained reader."""
    return text[each.start - 1 : each.start] in _DOTS or text[each.end : each.end + 1] in _DOTS


def person_asked_about(question: Question) -> str:
    """The person of 边东是谁, whose office is the answer; empty where a name is asked for."""
    match = WHO_IS.search(question.text)
    name = match["name"] if match else ""
    asked = _ASKS_FOR_OFFICE.search(question.text)
    if not name and asked:
        persons = [word.text for word in question.words if word.tag == "nr" and word.end <= asked.start()]
        name = persons[-1] if persons else ""
    named = name[:1] in SURNAMES and name not in NOT_PERSONS and not OFFICE.search(name) and not find_places(name)
    return name if named else ""


def office_candidates(question: Question, name: str, view: PassageView) -> list[Candidate]:
    """The titles right before each mention of ``name``, 市科技局局长 of 市科技局局长边东, and those it is told to have taken up."""
    found = appointments(question, name, view, _may_be_named)
    for match in re.finditer(re.escape(name), view.text):
        before = _names_before(view, match.start())
        start = _title_start(view, before, match.start())
        if start is not None:
            while start and view.text[start - 1] == "、" and (joined := [g for g in before if g[-1].end == start - 1]):
                if not OFFICE.search(view.text[joined[0][0].start : start - 1]):
                    break
                start = joined[0][0].start  # 市委副书记、代市长
            found.append(Candidate(start, match.start(), 1.0))
    return sorted(set(found))


def office_before(view: PassageView, start: int) -> str:
    """The whole title right before the name that begins at ``start`` (清华大学化工系主任); empty where none stands there."""
    start = len(view.text[:start].rstrip(" 　"))  # 局长　王庆格日勒
    first = _title_start(view, _names_before(view, start), start)
    return "" if first is None else view.text[first:start]


def _names_before(view: PassageView, end: int) -> list[list[Word]]:
    return [group for group in word_runs(view.words, NAME_TAGS | {"k"}) if group[0].start < end]


def _title_start(view: PassageView, before: list[list[Word]], end: int) -> int | None:
    """Where the title begins that ends at ``end``, by the runs of words ``before`` it; ``None`` where none ends there."""
    start = before[-1][0].start if before else end
    if len(before) > 1 and _JOINS_A_NAME.fullmatch(view.text, before[-2][-1].end, start) and _is_begun(before[-2]):
        start = before[-2][0].start  # 科技厅政策法规与监督处处长
    titles = list(OFFICE.finditer(view.text, start, end))
    return start if titles and titles[-1].end() == end else None


def _is_begun(group: list[Word]) -> bool:
    """Whether the words before 与 are the beginning of a name: none of a person, of an office or of a whole body."""
    text = "".join(word.text for word in group)
    return not any(word.tag.startswith("nr") for word in group) and not (
        OFFICE.search(text) or _WHOLE_BODY.search(text)
    )


def _asked_offices(question: Question) -> list[str]:
    """The office whose holder is asked for: 哪位副校长, 总经理是谁; not one that is only mentioned (教授来访时是谁接待的)."""
    return [match["before"] or match["after"] or match["post"] for match in _ASKED_OFFICE.finditer(question.text)]


def _is_person(name: str, question: Question) -> bool:
    return _may_be_named(name) and name not in question.text


def _may_be_named(name: str) -> bool:
    formed = 2 <= len(name) <= 4 and name[0] in SURNAMES and name[-1] not in "区市县旗省局厅会院部委所化性型度率值"
    return formed and name not in NOT_PERSONS and not find_places(name)


def _after_offices(view: PassageView) -> frozenset[tuple[int, int]]:
    return frozenset(each for each in _after_office(view) if view.text[each[0]] in SURNAMES)


def _after_office(view: PassageView) -> Iterator[tuple[int, int]]:
    """Names that segmentation did not know: two or three characters after an office, up to where a word ends."""
    ends = {word.end for word in view.words}
    for match in OFFICE.finditer(view.text):
        start = _HOLDS.match(view.text, match.end()).end()  # type: ignore[union-attr]
        for end in (start + 3, start + 2):
            name = view.text[start:end]
            if end in ends and len(name) == end - start and all("一" <= c <= "鿿" for c in name):
                yield start, (end - 1 if len(name) == 3 and name[-1] in _NOT_LAST else end)
                break


def _is_same_office(one: str, other: str) -> bool:
    """副市长 is no 市长."""
    return one.startswith("副") == other.startswith("副") and (one.endswith(other) or other.endswith(one))


def person_fit(question: Question, view: PassageView, start: int) -> float:
    """How well the person whose name begins at ``start`` is the one asked for, by the office or label before the name."""
    asked = _asked_offices(question)
    if asked or not _is_labelled_otherwise(question, view, start):
        return _office_fit(asked, view, start)
    return _OTHER_LABEL


def _is_labelled_otherwise(question: Question, view: PassageView, start: int) -> bool:
    """签发人：张秀玲 is no answer to 提案是谁提的."""
    label = _LABEL.search(view.text, max(0, start - 10), start)
    return label is not None and label["role"][:2] not in question.text and not _ASKS_FOR_A_LABEL.search(question.text)


def has_another_office(question: Question, view: PassageView, start: int) -> bool:
    """Whether an office is asked for, and another one stands right before the name that begins at ``start``."""
    asked, told = _asked_offices(question), [held_by(view, start), *_offices_before(view, start)]
    told = [each for each in told if each]
    return bool(asked and told) and not any(_is_same_office(title, office) for title in told for office in asked)


def names_another_office(question: Question, view: PassageView, place: tuple[int, int]) -> bool:
    """Whether an office is asked for, ``place`` tells others (书记、主任石泰峰 for 链长), and its clause does not speak of the one asked
    for (由副市长李四任组长).
    """
    asked, told = _asked_offices(question), OFFICE.findall(view.slice(place))
    clause = view.slice(view.clause_of(*place))
    if any(office in clause.replace(view.slice(place), "") for office in asked):
        return False
    return bool(asked and told) and not any(_is_same_office(title, office) for title in told for office in asked)


def _offices_before(view: PassageView, start: int) -> list[str]:
    first, _ = view.clause_of(start, start + 1)
    return OFFICE.findall(_OTHER_PARTY.split(view.text[max(first, start - 14) : start])[-1])


def held_by(view: PassageView, start: int) -> str:
    """The office that 院长由甲研究院副院长沈牧之兼任 tells of the name that begins at ``start``, with its body (分院院长); empty where
    none is told that way.
    """
    first, _ = view.clause_of(start, start + 1)
    told = _HELD_BY.search(view.text, first, start)
    return told["office"] if told and _IN_ANOTHER_OFFICE.match(view.text, start) else ""


def _office_fit(asked: list[str], view: PassageView, start: int) -> float:
    """Whether the office asked for stands right before the name (科技厅政策法规与监督处处长池波)."""
    if not asked:
        return 0.9
    own = [*filter(None, [held_by(view, start)]), *_offices_before(view, start)]
    return 1.0 if any(_is_same_office(title, office) for title in own for office in asked) else _OTHER_OFFICE
