"""Persons, organisations, places, and things that have a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView
from qa.records import Question, Word

_ROLE_NAME = re.compile(
    r"(?P<role>总编辑|执行编辑|责任编辑|编辑|审核|校对|签发人?|联系人|主编|编审|撰稿)\s*[:：]\s*(?P<name>[一-鿿](?:\s?[一-鿿]){1,3})(?![一-鿿])"
)
_OFFICE = re.compile(
    r"副?(?:总书记|总理|书记|市长|省长|部长|厅长|局长|处长|科长|主任|主席|院长|校长|所长|秘书长|巡视员|总经理|董事长|经理|院士|教授|专员|会长|行长|总编辑|执行编辑|编辑|主编|审核|签发人|联系人|法人代表|负责人|第一书记)"
)
_ASKED_OFFICE = re.compile(
    rf"(?P<before>{_OFFICE.pattern})(?:的名字|姓名)?\s*(?:是|为|叫)?(?:谁|哪|什么|[？?]|$)|哪一?[个位名]?(?P<after>{_OFFICE.pattern})"
)
_OTHER_OFFICE = 0.15  # the fit of somebody whose office is another than the one asked for; such are left out
_NOT_LAST = "作做率赴会同向在与和主出带参到为并"
# 百家姓 and the commonest others, single characters; a compound surname's first character is among them.
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋"
    "沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付佟肖闫朴郟郄郐苑邸晋楚代仝佘冼"
)
_NOT_PERSONS = frozenset(
    "鄂党 鄂府 内党 国办 周密 康巴什 准格尔 乌审 达拉特 伊金霍洛 杭锦 鄂托克 东胜 高新 和平 明确 红头 金融 双碳".split()
)
_PLACE_TAGS = frozenset({"ns", "nsf"})
_NAME_TAGS = frozenset("n ns nz nt nr j b vn an eng x l s f m q a nrt i".split())
_ORGANISATION = re.compile(
    r"(?:公司|集团|企业|大学|学院|研究院|研究所|中学|学校|实验室|[局厅署]|委员会|发改委|[党市省区县旗]委|办公室|办公厅|中心|协会|学会|联合会|报社|日报|新闻网|新华社|电视台"
    r"|政府|开发区|高新区|园区|示范区|银行|医院|合作社|平台|基地|分院|九三学社|科技部|工信部|财政部|教育部|[^一]部|联盟|代表团)$"
)
_LEADING_VERBS = frozenset(
    "建设 推动 申报 获批 组织 推进 打造 加强 建立 联合 围绕 依托 支持 成立 建成 深化 实施 开展 邀请 会见 调研 主持 召开 新建 培育 全面 其中 近日 同时 持续".split()
)
_QUOTED = re.compile(r"《[^》]{2,80}》|“[^”]{2,40}”|「[^」]{2,40}」|『[^』]{2,40}』")
_DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,10}\s*[\[〔(（【]\s*(?:19|20)\d{2}\s*[\]〕)）】]\s*(?:第\s*)?\d+\s*号")


def person_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Names of persons that the question does not name itself; the holder of the office asked for fits best."""
    asked = _asked_offices(question)
    found = [
        Candidate(*match.span("name"), 1.0 if asked else 0.6)
        for match in _ROLE_NAME.finditer(view.text)
        if not asked or match["role"] in asked or any(office in match["role"] for office in asked)
    ]
    for group in _runs(view.words, {"nr", "nrfg", "nrt", "nrj"}):
        start, end = group[0].start, group[-1].end
        if end - start >= 3 and view.text[end - 1] in _NOT_LAST:
            end -= 1
        name = view.text[start:end]
        if _is_person(name, question):
            found.append(Candidate(start, end, _office_fit(asked, view, start)))
    found += [
        Candidate(start, end, _office_fit(asked, view, start))
        for start, end in _after_office(view)
        if _is_person(view.text[start:end], question)
    ]
    found = [each for each in found if each.fit > _OTHER_OFFICE]
    if not asked and re.search(
        r"由谁|被谁|谁(?:来|负责|承担|牵头)|谁.{0,4}(?:主办|承办|出资|投资|申报|发布|印发)", question.text
    ):
        found += [each._replace(fit=0.5 * each.fit) for each in organisation_candidates(question, view)]
    return found


def _asked_offices(question: Question) -> list[str]:
    """The office whose holder is asked for: 哪位副校长, 总经理是谁; not one that is only mentioned (教授来访时是谁接待的)."""
    return [match["before"] or match["after"] for match in _ASKED_OFFICE.finditer(question.text)]


def _is_person(name: str, question: Question) -> bool:
    formed = 2 <= len(name) <= 4 and name[0] in _SURNAMES and name[-1] not in "区市县旗省局厅会院部委所"
    return formed and name not in _NOT_PERSONS and name not in question.text


def _after_office(view: PassageView) -> Iterator[tuple[int, int]]:
    """Names that segmentation did not know: two or three characters after an office, up to where a word ends."""
    ends = {word.end for word in view.words}
    for match in _OFFICE.finditer(view.text):
        start = match.end()
        for end in (start + 3, start + 2):
            name = view.text[start:end]
            if end in ends and len(name) == end - start and all("一" <= c <= "鿿" for c in name):
                yield start, (end - 1 if len(name) == 3 and name[-1] in _NOT_LAST else end)
                break


def _office_fit(asked: list[str], view: PassageView, start: int) -> float:
    """Whether the office asked for stands right before the name (科技厅政策法规与监督处处长池波)."""
    if not asked:
        return 0.9
    first, _ = view.clause_of(start, start + 1)
    before = view.text[max(first, start - 14) : start]
    own = _OFFICE.findall(before)
    return (
        1.0 if own and any(own[-1].endswith(office) or office.endswith(own[-1]) for office in asked) else _OTHER_OFFICE
    )


def organisation_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Organisations, each with the longest name the words allow; those whose last word is the one asked for fit best."""
    wanted = _wanted_suffix(question)
    found = []
    for group in _runs(view.words, _NAME_TAGS):
        for last, word in enumerate(group):
            if not _ORGANISATION.search(word.text):
                continue
            following = group[last + 1] if last + 1 < len(group) else None
            is_wanted = bool(wanted and wanted.search(word.text))
            goes_on = following is not None and bool(_ORGANISATION.search(following.text))
            if goes_on and (not is_wanted or (following is not None and following.text.endswith("公司"))):
                continue  # 鄂尔多斯实验室 | 准格尔中试基地: the longer name ends further on
            first = 0
            while first < last and group[first].text in _LEADING_VERBS:
                first += 1
            start = group[first].start
            name = view.text[start : word.end]
            if len(name) >= 2 and name not in question.text:
                found.append(
                    Candidate(start, word.end, 1.0 if wanted and wanted.search(name) else 0.6 if not wanted else 0.25)
                )
    return found


def _wanted_suffix(question: Question) -> re.Pattern[str] | None:
    text = question.text
    for asked, suffix in (
        (r"大学|高校|院校|学校", r"大学|(?<!科)学院|学校"),
        (r"公司|企业|集团", r"公司|集团|企业"),
        (r"媒体|报纸|哪家报", r"报社|日报|新闻|新华社|电视台|网$"),
        (r"园区|开发区", r"开发区|园区|高新区"),
        (r"实验室", r"实验室"),
        (r"平台", r"平台"),
        (r"部门|部委|机关|厅局", r"[局厅部委署]$|办公室|政府|中心"),
        (r"单位|机构", r"."),
    ):
        if re.search(rf"(?:哪|什么|何|由谁|谁)[^，。？]{{0,6}}(?:{asked})", text):
            return re.compile(suffix)
    return None


def place_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Places that the question does not name itself, adjoining ones as one (福建省南平市)."""
    found = []
    for group in _runs(view.words, _PLACE_TAGS):
        start, end = group[0].start, group[-1].end
        if view.text[start:end] not in question.text:
            found.append(Candidate(start, end, 0.9))
    return found


def name_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Quoted names and titles, 文号, and noun phrases that end in the noun asked for."""
    found = []
    if re.search(r"文号|字号", question.text):
        return [Candidate(*match.span(), 1.0) for match in _DOCUMENT_NUMBER.finditer(view.text)]
    titles = re.search(r"文件|方案|办法|规划|指南|意见|细则|报告|体系|文章|制度", question.text)
    for match in _QUOTED.finditer(view.text):
        name = match.group()[1:-1]
        if name in question.text:
            continue
        end = match.end()
        if question.focus and view.text.startswith(question.focus, end):
            found.append(Candidate(match.start(), end + len(question.focus), 1.0))
        is_title = match.group().startswith("《")
        found.append(Candidate(match.start(), end, 1.0 if is_title == bool(titles) else 0.6))
    if len(question.focus) >= 2:
        for group in _runs(view.words, _NAME_TAGS):
            for word in group[1:]:
                name = view.text[group[0].start : word.end]
                if name.endswith(question.focus) and name not in question.text:
                    found.append(Candidate(group[0].start, word.end, 0.8))
    return found


def _runs(words: list[Word], tags: frozenset[str] | set[str]) -> Iterator[list[Word]]:
    """Longest runs of adjoining words with one of the tags."""
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
