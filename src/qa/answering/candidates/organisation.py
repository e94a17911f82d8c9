"""Organisations, each with its whole name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.proposal import only_answers, proposers
from qa.answering.view import PassageView
from qa.records import Question, Word
from qa.text.places import find_places
from qa.text.word_runs import word_runs

NAME_TAGS = frozenset("n ns nz nt nr j b vn an eng x l s f m q a nrt i".split())
ORGANISATION = re.compile(
    r"(?:公司|集团|企业|大学|学院|研究院|研究所|中学|学校|实验室|(?<![布格结])局|厅|(?:总|公)署|委员会|发改委|改革委|国资委|卫健委|[党市省区县旗工监纪]委|办公室|办公厅|(?<!为)中心|协会|学会|联合会"
    r"|报社|日报|新闻网|新华社|电视台|政府|开发区|高新区|园区|示范区|银行|医院|合作社|平台|基地|分院|九三学社|联盟|代表团|中国网|新华网|人民网|学社"
    r"|(?:科技|工信|财政|教育|宣传|组织|统战|农业农村|生态环境|商务|外交|公安|民政|司法|人社|住建|交通|水利|文旅|卫生|开发|项目|事业|指挥|编辑|发展)部)$"
)
GENERIC_BODIES = frozenset(
    "企业 平台 基地 中心 园区 示范区 政府 大学 研究院 实验室 公司 集团 学院 协会 银行 医院 学校 党委 办公室 开发区 高新区 合作社".split()
)
_COMPANY_FORMS = frozenset("有限 有限责任 股份 股份有限 控股 责任".split())
INNER_VERBS = frozenset(
    "现代 应用 开发 发展 合作 管理 研究 服务 投资 运营 设计 制造 检测 监测 教育 培训 跨 信息 促进 推广 提案".split()
)
LEADING_VERBS = frozenset(
    "会议 会见 会同 由 构筑 调动 壮大 发挥 充分发挥 优化 鼓励 引导 培养 赴 与 和 及 建设 推动 申报 获批 组织 推进 打造 加强 建立 联合 围绕 依托 支持 成立 建成 深化 实施 开展 邀请 会见 调研 主持 召开 新建 培育 全面 其中 近日 同时 持续".split()
)
_DONE = frozenset("申报 主办 承办 发布 牵头 协办 印发 组建 建设 研发 运营".split())
_OFFICIAL = re.compile(r"(?:[局厅委办部院署]|公司|大学|中心|政府)$")
_BY = re.compile(r".*(?<![自理缘])由")
_CELL_ENDS, _CELL_CHARS = ("|", "；", "\n", ""), 24
_CELL_BEGINS = re.compile(r"(?:[|\t][ 　]*|[；：])(?P<name>[一-鿿（）()A-Za-z]{1,16})$")
_ENDS_WITH_AND = {
    half: re.compile(other)
    for half, other in (
        ("人力资源", "社会保障"),
        ("工业", "信息化"),
        ("住房", "城乡建设"),
        ("发展", "改革"),
        ("文化", "旅游"),
        ("林业", "草原"),
        ("教育", "体育"),
        ("卫生", "健康"),
        ("农牧", "科技"),
        ("科学技术", "工业信息化"),
    )
}
_BEGUN_WITH_AND = re.compile(rf"(?P<half>{'|'.join(_ENDS_WITH_AND)})和$")
_DEEDS = "会办|协办|主办|承办|联办|督办|配合|牵头|协助"
_DEED_ASKED = re.compile(
    rf"(?P<deed>{_DEEDS})(?:的)?(?:单位|部门|机关|科室|处室|方)(?:是|有|为|包括)?(?:谁|哪|什么|[？?\s]*$)|(?:谁|哪[^，。？?]{{0,3}}(?:单位|部门|局|家))(?:来|负责)?(?P<does>{_DEEDS})"
)
_SORT_ASKED = re.compile(r"(?<=[一-鿿]{2})(?P<firm>企业|公司|集团)(?:是|叫|为|有|名)")
_NO_SORT = re.compile(
    r"高新|科技|技术|龙头|骨干|民营|国有|中小|重点|牵头|承担|依托|申报|[本当外]地|上榜|入选|获奖|优秀|工业|领军|示范|培育|推荐|牵头"
)
_OF_ANOTHER_SORT = 0.3
QUOTED = re.compile(r"《[^》]{2,80}》|“[^”]{2,40}”|「[^」]{2,40}」|『[^』]{2,40}』")


def organisation_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Organisations, each with the longest name the words allow; those whose last word is the one asked for fit best."""
    wanted = _wanted_suffix(question)
    found = []
    done = [
        word.text for word in question.words if len(word.text) > 1 and (word.tag in {"v", "vn"} or word.text in _DONE)
    ]
    for start, end in organisations_in(view):
        name = view.text[start:end]
        if len(name) < 2 or name in question.text:
            continue
        fit = 0.6 if not wanted else 1.0 if wanted.search(name) else 0.25
        if any(view.text.startswith(each, end) for each in done):
            fit = min(1.0, fit + 0.25)  # 由甲公司申报的“乙实验室”: who applied
        found.append(Candidate(start, end, 0.1 if name in GENERIC_BODIES else fit))
    found = [each for each in found if not only_answers(question, view.text[each.start : each.end])]
    found = [*_of_the_sort_asked(question, view, found), *_right_before_the_deed(question, view)]
    addressed = proposers(question, view)
    return addressed + [each for each in found if each[:2] not in {one[:2] for one in addressed}]


def _right_before_the_deed(question: Question, view: PassageView) -> list[Candidate]:
    """市财政局、市工信局 of 由我局主办，市财政局、市工信局会办, where 会办单位 is asked for: all that stand before the verb."""
    asked = _DEED_ASKED.search(question.text)
    if asked is None:
        return []
    deed = asked["deed"] or asked["does"]
    found = []
    for match in re.finditer(rf"(?P<who>[^，。；：:\n]{{2,60}}?)(?:负责|共同)?{deed}(?=[，。；、）)\n]|$)", view.text):
        at = match.start("who") + len(re.match(r".*?(?:由|会同|请)|", match["who"]).group())  # type: ignore[union-attr]
        if ORGANISATION.search(match["who"]) or _OFFICIAL.search(match["who"]):
            found.append(Candidate(at, match.end("who"), 1.0))
    return found


def _of_the_sort_asked(question: Question, view: PassageView, found: list[Candidate]) -> list[Candidate]:
    """Of several firms of one sentence those stand back whose names do not hold the sort asked for, where another's does: 稀土企业 is
    甲稀土材料公司, not 乙煤基材料公司.
    """
    asked = _SORT_ASKED.search(question.text)
    words = [each.text for each in question.words if asked and each.end == asked.start("firm") and len(each.text) > 1]
    sort = next((each for each in words if not _NO_SORT.search(each)), "")
    if not sort:
        return found
    own = [view.sentence_of(*each[:2]) for each in found if sort in view.text[each.start : each.end]]
    return [
        each._replace(fit=_OF_ANOTHER_SORT * each.fit)
        if view.sentence_of(*each[:2]) in own and sort not in view.text[each.start : each.end]
        else each
        for each in found
    ]


@lru_cache(maxsize=64)  # many guards ask for every candidate of a passage
def organisations_in(view: PassageView) -> tuple[tuple[int, int], ...]:
    """Where organisations stand, each with its whole name."""
    return tuple(_organisations(view))


def _organisations(view: PassageView) -> Iterator[tuple[int, int]]:
    for group in word_runs(view.words, NAME_TAGS, INNER_VERBS):
        for last, word in enumerate(group):
            if not ORGANISATION.search(word.text):
                continue
            following = group[last + 1] if last + 1 < len(group) else None
            if following is not None and (following.text.endswith("公司") or following.text in _COMPANY_FORMS):
                continue  # 集团 | 有限公司, 集团 | 有限责任 | 公司: the name goes on
            first = _first_of_name(group, last)
            start = group[first].start
            if view.text[start] in "由被向经" and word.end - start > 3:
                start += 1
            by = _BY.search(view.text, start, word.end)  # 提案由市科技局, cut as 提案, 由市, 科技局
            start = by.end() if by and word.end - by.end() > 1 else start
            start = max([start, *(each.end for each in view.dates if each.start <= start < each.end < word.end)])
            start, end = _from_the_cell(view, *_with_brackets(view, start, word.end))
            yield _before_the_and(view, start), end
    for match in QUOTED.finditer(view.text):
        if ORGANISATION.search(match.group()[1:-1]):
            yield match.start() + 1, match.end() - 1


def _before_the_and(view: PassageView, start: int) -> int:
    """自治区人力资源和社会保障厅 from 社会保障厅: these bodies have 和 in their names."""
    begun = _BEGUN_WITH_AND.search(view.text, max(0, start - _CELL_CHARS), start)
    if begun is None or not _ENDS_WITH_AND[begun["half"]].match(view.text, start):
        return start
    before = [group for group in word_runs(view.words, NAME_TAGS) if group[-1].end == begun.end("half")]
    return before[0][_first_of_name(before[0], len(before[0]) - 1)].start if before else begun.start("half")


def _from_the_cell(view: PassageView, start: int, end: int) -> tuple[int, int]:
    """内蒙古兴盛达矿业有限公司 from 矿业有限公司: a name that ends where a cell of a table does begins where that does."""
    if view.text[end : end + 1] not in _CELL_ENDS:
        return start, end
    begins = _CELL_BEGINS.search(view.text, max(0, start - _CELL_CHARS), start)
    return (begins.start("name"), end) if begins else (start, end)


def _first_of_name(group: list[Word], last: int) -> int:
    """Where the name that ends with ``group[last]`` begins: behind verbs and counts."""
    first = 0
    for at in range(last):
        if (
            group[at].text in LEADING_VERBS
            or group[at].tag == "q"
            or (group[at].tag == "m" and at == first and group[at].text[0] in "0123456789一二两三四五六七八九十几多")
        ):
            first = at + 1
    return first


def _with_brackets(view: PassageView, start: int, end: int) -> tuple[int, int]:
    """中为（上海）能源技术有限公司 from 能源技术有限公司, and 中国矿业大学（北京） from 中国矿业大学."""
    text = view.text
    opening = max(text.rfind("（", 0, start), text.rfind("(", 0, start))
    if start and text[start - 1] in "）)" and 0 < start - opening <= 8:
        before = [group for group in word_runs(view.words, NAME_TAGS) if group[-1].end == opening]
        bare = re.search(r"(?:^|(?<=[，。；：、\n]))[一-鿿]{2,4}$", text[max(0, opening - 6) : opening])
        if before:
            start = before[0][_first_of_name(before[0], len(before[0]) - 1)].start
        elif bare:
            start = opening - len(bare.group())
    closing = re.match(r"[（(][一-鿿]{2,4}[）)]", text[end : end + 8])
    if closing and find_places(closing.group()):
        end += closing.end()
    return start, end


def _wanted_suffix(question: Question) -> re.Pattern[str] | None:
    text = question.text
    for asked, suffix in (
        (r"大学|高校|院校|学校", r"大学|(?<!科)学院|学校"),
        (r"公司|企业|集团", r"公司|集团|企业"),
        (r"媒体|报纸|报社|出处", r"报社|日报|新闻|新华社|电视台|网$"),
        (r"园区|开发区", r"开发区|园区|高新区"),
        (r"实验室", r"实验室"),
        (r"平台", r"平台"),
        (r"局(?!长|面|部)", r"局$"),
        (r"厅(?!长)", r"厅$"),
        (r"党派", r"学社|党$|民盟|民建|民进|促进会|台盟"),
        (r"办公[室厅]", r"办公[室厅]$"),
        (r"研究[院所]", r"研究[院所]"),
        (r"医院", r"医院"),
        (r"银行", r"银行"),
        (r"[协学]会|联盟", r"[协学]会$|联合会$|联盟$"),
        (r"委(?:员会)?(?![员托])", r"委$|委员会$"),
        (r"部委", r"部$|委$|委员会$|总局$|署$"),
        (r"部门|机关|厅局", r"[局厅部委署]$|办公室|政府|中心"),
        (r"单位|机构", r"."),
    ):
        if re.search(rf"(?:哪|什么|何|由谁|谁)[^，。？]{{0,6}}(?:{asked})|(?:{asked})(?:的?名[称字])?[，,]?是哪", text):
            return re.compile(suffix)
    return None
