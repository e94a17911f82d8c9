"""Persons, organisations, places, and things that have a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView
from qa.records import Question, Word

_ROLE_NAME = re.compile(
    r"(?:总编辑|执行编辑|责任编辑|编辑|审核|校对|签发人?|联系人|主编|编审|撰稿)\s*[:：]\s*(?P<name>[一-鿿](?:\s?[一-鿿]){1,3})(?![一-鿿])"
)
_NOT_PERSONS = frozenset("康巴什 准格尔 乌审 达拉特 伊金霍洛 杭锦 鄂托克 东胜 高新 和平 明确 红头 金融 双碳".split())
_PLACE_TAGS = frozenset({"ns", "nsf"})
_NAME_TAGS = frozenset("n ns nz nt nr j b vn an eng x l s f m q a nrt i".split())
_ORGANISATION = re.compile(
    r"(?:公司|集团|企业|大学|学院|研究院|研究所|中学|学校|实验室|[局厅署]|委员会|发改委|[党市省区县旗]委|办公室|办公厅|中心|协会|学会|联合会|报社|日报|新闻网|新华社|电视台"
    r"|政府|开发区|高新区|园区|示范区|银行|医院|合作社|平台|基地|分院|九三学社|科技部|工信部|财政部|教育部|[^一]部|联盟|代表团)$"
)
_QUOTED = re.compile(r"《[^》]{2,80}》|“[^”]{2,40}”|「[^」]{2,40}」|『[^』]{2,40}』")
_DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,10}\s*[\[〔(（【]\s*(?:19|20)\d{2}\s*[\]〕)）】]\s*(?:第\s*)?\d+\s*号")


def person_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Names of persons that the question does not name itself."""
    found = [Candidate(*match.span("name"), 1.0) for match in _ROLE_NAME.finditer(view.text)]
    for group in _runs(view.words, {"nr", "nrfg", "nrt", "nrj"}):
        start, end = group[0].start, group[-1].end
        name = view.text[start:end]
        if 2 <= len(name) <= 4 and name not in _NOT_PERSONS and name not in question.text:
            found.append(Candidate(start, end, 0.9))
    return found


def organisation_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Organisations, each with the longest name the words allow; those whose last word is the one asked for fit best."""
    wanted = _wanted_suffix(question)
    found = []
    for group in _runs(view.words, _NAME_TAGS):
        for last, word in enumerate(group):
            if not _ORGANISATION.search(word.text):
                continue
            following = group[last + 1] if last + 1 < len(group) else None
            if following is not None and _ORGANISATION.search(following.text):
                continue  # 鄂尔多斯实验室 | 准格尔中试基地: the longer name ends further on
            start = group[0].start
            name = view.text[start : word.end]
            if len(name) >= 2 and name not in question.text:
                found.append(
                    Candidate(start, word.end, 1.0 if wanted and wanted.search(name) else 0.6 if not wanted else 0.25)
                )
    return found


def _wanted_suffix(question: Question) -> re.Pattern[str] | None:
    text = question.text
    for asked, suffix in (
        (r"大学|高校|院校|学校", r"大学|学院|学校"),
        (r"公司|企业|集团", r"公司|集团|企业"),
        (r"媒体|报纸|哪家报", r"报社|日报|新闻|新华社|电视台|网$"),
        (r"园区|开发区", r"开发区|园区|高新区"),
        (r"实验室", r"实验室"),
        (r"平台", r"平台"),
        (r"部门|单位|机构|部委|机关|厅局", r"[局厅部委署社会院]$|办公室|政府|中心"),
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
