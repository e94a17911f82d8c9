"""Organisations named in a text: by the analyzer's word classes and the ends of their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from qa.citing.people import PERSON_TAGS, ends_with_title
from qa.citing.ranges import Range
from qa.records import Word
from qa.text.word_runs import word_runs

_NAME_TAGS = frozenset("n ns nsf nz nt nr nrfg nrt j a b v vn an eng x l f i s g zg".split())
_PROPER_TAGS = frozenset({"ns", "nt", "nr", "nz"})
_NOT_IN_NAMES = ("会同", "联合", "邀请", "协同", "印发", "修订", "发布", "召开", "建设", "推动", "走进", "参加", "会见")
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
    for run in word_runs(words, _NAME_TAGS):
        begins = 0
        for at, word in enumerate(run):
            following = run[at + 1].text if at + 1 < len(run) else ""
            ends_here = ORGANISATION_ENDING.search(text[run[begins].start : word.end])
            goes_on = following.startswith(_LEGAL_FORM) or _goes_on(text[run[begins].start : word.end] + following)
            if not ends_here or (following and goes_on):
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
    if run[0].tag in PERSON_TAGS:
        first = next((at for at, word in enumerate(run) if word.tag == "ns"), 0)
    for at, word in enumerate(run[:-1]):
        verb = word.tag == "v" and (not lenient or first == at or run[at + 1].tag in _PROPER_TAGS)
        verb = verb and run[-1].end - word.end > 1  # 改革 in 国家发展改革委
        if verb or ends_with_title(word.text) or (not lenient and word.tag in PERSON_TAGS):
            first = at + 1
    start = run[first].start
    return start + 2 if run[first].text.startswith(_NOT_IN_NAMES) and len(run[first].text) > 1 else start


def _goes_on(name: str) -> bool:
    """鄂尔多斯实验室 | 准格尔中试基地 stops, 清华大学 | 化学工程系 stops, 科技局 | 办公室 goes on."""
    return bool(ORGANISATION_ENDING.search(name))


_LEGAL_FORM = ("有限", "股份")
"""What goes on after 集团: 实业集团有限责任公司."""


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
