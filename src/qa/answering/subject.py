"""口径护栏 of the subject: a name, a counted thing, a limit or a total that the passage does not tell is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answering.asked import HAS
from qa.answering.candidates.contact import asked_form
from qa.answering.candidates.person import NOT_PERSONS, SURNAMES
from qa.answering.forms import is_bare_sort
from qa.answering.own_deeds import leaves_unsaid
from qa.answering.parts import another_tier, counted_with_others, of_another_total, part_asked_for, part_of_a_total
from qa.answering.support import held as held_share
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question, Word
from qa.text.places import Scope, find_places, place_root, province_of

_COUNTED_WITHIN = 3  # characters between the asking word and the counted noun: the measure word
_IN_PART = 0.25
_AWARD = re.compile(r"(?P<rank>国家(?:最高|级)?|国际|世界)[一-鿿]{2,8}?奖(?![补励金])")
# 哪个世界性的城市奖 describes the prize that is asked for; 世界 may be told as 全球.
_AWARD_DESCRIBED = re.compile(r"哪一?[个项种]$|[性级的]")
_RANKS_OF_AWARDS = {"国际": "国际|世界|全球", "世界": "国际|世界|全球"}
_WHICH_AWARD = re.compile(r"(?:哪一?[个项种]|什么|啥|何)[^，。？?、]{0,8}?奖(?![励金补品状牌章])")
_AN_AWARD = re.compile(r"奖|称号|荣誉|百强|之星")
_GRADE = re.compile(r"[特一二三]等奖")
_FIRM = re.compile(r"(?<=[一-鿿]{2})(?:公司|集团|企业)$")
_FIRM_WITHIN = 14
_SUBJECT = re.compile(r"(?:局|厅|公司|集团|大学|学院|研究院|医院|银行|会议|第一书记|开发区)$")
_A_HUNDRED = re.compile(r"百强|百家|100\s*[强家]|前100|前一?百")  # firms of a list
_QUOTED = re.compile(r"[“「『]([^”」』]{2,12})[”」』]")
_ASKS = re.compile(r"谁|什么|啥|哪|多少|怎")
_PART_OF_NAME = frozenset("n ns nz nt nr j b vn m s f l i".split())


def check_subject(question: Question, view: PassageView) -> Verdict:
    """An organisation or meeting that the question names must stand in the passage, if only shortened.

    市科技局 is held by 鄂尔多斯市科学技术局: its characters stand there in this order, close together; 市农牧局 is not.
    """
    held = view.unspaced
    for name in _quoted(question.text):
        if held_share(name, held) < _IN_PART:  # quoted from memory, some of it must be right
            return Verdict(AbstainReason.SUBJECT, f"资料中没有“{name}”的相关内容", absent=True)
    for paper, which in _named_papers(question):
        if any(held_share(word, view.spoken) < _IN_PART and word not in question.same for word in which):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有“{''.join(which)}{paper}”的相关内容", absent=True)
    award = _AWARD.search(question.text)
    rank = _rank_told(question, award) if award else ""
    if award and not re.search(rf"(?:{rank})[^，。；]{{0,10}}奖", held):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有“{award.group()}”的相关内容", absent=True)
    grade = _GRADE.search(question.text)
    if grade and grade.group() not in held:
        return Verdict(AbstainReason.SUBJECT, f"资料中没有“{grade.group()}”的相关内容", absent=True)
    hundred = _A_HUNDRED.search(question.text)
    if hundred and not _A_HUNDRED.search(view.spoken):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有“{hundred.group()}”的相关内容", absent=True)
    unsaid = question.actor_name if leaves_unsaid(question, view) else ""
    for name in _named_subjects(question):
        if name in unsaid:
            continue
        others = dict.fromkeys(other for word, same in question.same.items() if word in name for other in same)
        others.update(dict.fromkeys(_as_at_home(name, view)))
        cut = (
            [name[:2]] if len(name) == 3 and name[0] in SURNAMES else []
        )  # 尚健因: the third character is the next word's
        both = re.split("[和与及]", name)  # 交通集团和文旅集团: 交通集团、文旅集团
        if len(both) > 1 and all(len(each) > 1 and _stands_loosely(each, held) for each in both):
            continue
        if not view.passage.is_official:  # elsewhere a firm goes by its name alone: 美安是一间合资公司
            others[_FIRM.sub("", name)] = None
        if _is_pointed_out(question, name) and _is_such_a_body(name, held):
            continue
        if not any(_stands_loosely(each, held) for each in (name, *others)) and not any(each in held for each in cut):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有“{name}”的相关内容", absent=True)
    return SOUND


def check_award(question: Question, view: PassageView, span: Range) -> Verdict:
    """Which prize is told by the name of one: 全球 of 全球可持续发展城市奖 is none."""
    if (
        question.kind is AnswerKind.NAME
        and _WHICH_AWARD.search(question.text)
        and not _AN_AWARD.search(view.slice(span))
    ):
        return Verdict(AbstainReason.SUBJECT, "资料中这一处不是奖项的名称")
    return SOUND


def _rank_told(question: Question, award: re.Match[str]) -> str:
    """How the rank of the prize may be told: by its very word where the prize is named, by others where it is described."""
    described = _AWARD_DESCRIBED.search(question.text, 0, award.start()) or _AWARD_DESCRIBED.search(award.group())
    return _RANKS_OF_AWARDS.get(award["rank"], award["rank"]) if described else award["rank"]


def _as_at_home(name: str, view: PassageView) -> Iterator[str]:
    """市科技局 for 鄂尔多斯市科技局 in a document of 鄂尔多斯市, which does not say its own name, and 自治区科技厅 for 内蒙古科技厅 in
    one of a place of that region.
    """
    place = next((each for each in find_places(name) if each.start == 0), None)
    region = view.passage.region
    if place is None or not region:
        return
    if place_root(name[: place.end]) == place_root(region):
        own = name[place.end - 1 :] if name[place.end - 1] in "省市盟县旗区" else name[place.end :]
        if len(own) > 2:
            yield own
    if place.scope is Scope.PROVINCE and place.name in (place_root(region), province_of(region)):
        yield from (f"{whole}{name[place.end :]}" for whole in ("自治区", "省"))


def _quoted(text: str) -> list[str]:
    """What the question quotes: not “老家”, which is a manner of speaking, nor “请不来、付不起” and “谁有本事谁上”, which are sayings
    retold, nor “什么工程”, which is asked for.
    """
    return [
        name
        for name in _QUOTED.findall(text)
        if len(name) > 2 and not set(name) & set("，、；：") and not _ASKS.search(name)
    ]


_SAYS_WHICH_ONES = re.compile(r"[^，。？?]{0,2}的(?=[一-鿿]{2})")  # 多少个已经退下来的专家: 专家 are counted
_ITS_NUMBER = re.compile(r"(?:(?<=[一-鿿]{2})面积|百分[比率]|数量|数目|总数|比例|比重)$")  # 人口数量: 人口
_ASKS_FOR_A_SHARE = re.compile(r"[百千]分之[几多].*")  # 压到了百分之几 counts no noun
_MEASURED = 0.3  # of 生产总值 more has to stand there than 生产


def check_counted(question: Question, view: PassageView) -> Verdict:
    """The noun that is counted (多少个星创天地) must stand in the passage, at least in part."""
    if question.kind is not AnswerKind.NUMBER or question.interrogative is None:
        return SOUND
    first, last = question.interrogative
    counted = [
        word
        for word in question.words
        if 0 <= word.start - last <= _COUNTED_WITHIN and not _SAYS_WHICH_ONES.match(question.text, word.end)
    ]
    if not counted:  # 孵化器有几家; not 顶格补多少
        counted = [word for word in question.words if HAS.fullmatch(question.text, word.end, first)]
    summed = question.unit is not None and ("元" in question.unit or "百分" in question.unit)
    measured = [
        word for word in question.words if summed and word.end == first and word.tag[:1] == "n" and len(word.text) >= 4
    ]
    if any(held_share(_ITS_NUMBER.sub("", word.text), view.spoken) < _MEASURED for word in measured):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有“{measured[0].text}”的相关内容", absent=True)
    counted = [word for word in counted if not _ASKS_FOR_A_SHARE.fullmatch(word.text)]
    named = [word.text for word in counted[:2] if word.tag in {"n", "nz", "nt", "l", "i"} and len(word.text) >= 3]
    nouns = [noun for noun in (_ITS_NUMBER.sub("", each) for each in named) if noun]
    if nouns and not any(held_share(noun, view.spoken) >= _IN_PART for noun in nouns):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有“{nouns[0]}”的相关内容", absent=True)
    return SOUND


_DEFINED = re.compile(
    r"^(?:什么是|何谓)?(?P<what>[^，。、？?的]{2,16}?)(?:是什么|是啥|是指什么|指的是什么|指什么)?[？?\s]*$"
)
_WHETHER = re.compile(r"(?:是否(?:有|存在|建成|设立)|有没有|有无)(?P<what>[^，。、？?的]{2,12}?)[了吗？?\s]*$")
_ASKS_FOR_MEANING = re.compile(r"^(?:什么是|何谓)|(?:是什么|是啥|是指什么|指的是什么|指什么)[？?\s]*$")


def check_defined(question: Question, view: PassageView) -> Verdict:
    """What 零碳产业园是什么 or 有没有零碳产业园 asks about must stand in the passage, as it is or shortened."""
    match = _WHETHER.search(question.text)
    if match is None and _ASKS_FOR_MEANING.search(question.text):
        match = _DEFINED.search(question.text)
    if match is None or question.kind is not AnswerKind.CLAUSE or asked_form(question) is not None:
        return SOUND  # 邮箱地址是什么 asks for no meaning
    held = view.unspaced
    others = [other for same in question.same.values() for other in same]
    bare = _bare_names(match["what"])
    # 国际危机组织资金来源是什么 asks of 国际危机组织
    begun = [each[: max(_BEGUN_CHARS, len(each) // 2)] for each in bare if len(each) > _BEGUN_CHARS]
    if not bare or any(_stands_loosely(each, held) for each in (*bare, *others)) or any(each in held for each in begun):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中没有“{match['what']}”的相关内容", absent=True)


_BEGUN_CHARS = 4
_WHERE_IT_IS_SAID = re.compile(r"^(?:20)?\d\d年度?|^在[^,，]{1,12}[中里上][,，]?|在[^,，]{1,12}[中里上]$")
_SAID_OF_IT = re.compile(
    r"的?(?:主题|口号|宗旨|名称|目标|定位|简称|全称|别名|别称|原名|本名|前身|主要|具体|意思|含义|一词|由来|来历|特征|特点|用途|作用)$|(?<=[一-鿿”」』]{2})(?:都|分别|各|究竟|到底)$"
)


def _bare_names(what: str) -> list[str]:
    """What is asked about, without what is asked of it: 翠池 of “翠池”一词在泰雅语中，意思."""
    found = []
    for part in re.split(r"[,，]", re.sub(r"[“”「」‘’\s]", "", what)):
        before = ""
        while before != part:
            before, part = part, _SAID_OF_IT.sub("", _WHERE_IT_IS_SAID.sub("", part))
        if part:
            found.append(part)
    return found


_SAYS_WHICH = frozenset("n nz b j".split())
_QUOTES = "“”‘’\"'"
_PLAN_YEARS = re.compile(r"十[一二三四五六]五")
_PAPERS = frozenset("规划 方案 条例 办法 细则 纲要".split())  # not 意见, which are asked for as well (征求意见)


def check_part(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the total is asked for, one of the parts it is told with is another figure, and so is the total for a part."""
    if question.kind is not AnswerKind.NUMBER:
        return SOUND
    if part := part_of_a_total(question, view, span):
        return Verdict(AbstainReason.SUBJECT, f"资料中的数字只是其中一部分（{part}）")
    if tier := another_tier(question, view, span):
        return Verdict(AbstainReason.SUBJECT, f"资料中这个数是“{tier[0]}”的，不是“{tier[1]}”的")
    if totals := of_another_total(question, view, span):
        return Verdict(AbstainReason.SUBJECT, f"资料中的数字是{totals[0]}里的，不是{totals[1]}里的")
    if others := counted_with_others(question, view, span):
        return Verdict(AbstainReason.SUBJECT, f"资料中的数字是{others}的")
    if part := part_asked_for(question, view, span):
        return Verdict(AbstainReason.SUBJECT, f"资料中“{part}”的数字是另一个")
    return SOUND


def _named_papers(question: Question) -> Iterator[tuple[str, list[str]]]:
    """规划, 方案 … with the nouns right before it that say which: 数字 经济 规划, its years aside (数字经济“十四五”规划)."""
    run: list[Word] = []
    end = 0
    for word in question.words:
        if question.text[end : word.start].strip(_QUOTES):
            run = []
        end = word.end
        if word.text in _PAPERS and run:
            yield word.text, [each.text for each in run]
        if not _PLAN_YEARS.fullmatch(word.text):
            run = [*run, word] if word.tag in _SAYS_WHICH and len(word.text) > 1 else []


# What follows a name of two characters; 张罗着 and 毛衫料子 are nobody.
_AS_A_PERSON = re.compile(
    r"同志|先生|女士|总|书记|院士|教授|[省市县局厅处科部院校所]?长|主任|主席|一行|带|率|赴|去|来|到|在|从|对|向|跟|和|与|、|的|是|为|任|担|当|兼|说|讲|谈|提|强|指|要|主|会|考|调|出|参|听|介|作|做|签|见|陪"
    r"|走|看|问|表|回|代|分|负|发|解|督|座|获|何|哪|什|怎|有|几|[12]\d{3}年|\d{1,2}月|[今去]年|上个?月|于"
)


_BY_SURNAME = re.compile(r".(?:先生|女士|老师|[总某][一-鿿]?|[工局厅处])")  # 石总 may be 石小棠
_POINTED_AT = re.compile(r"[那这几每]$")  # 那张证 names nobody


_IN_OFFICE = re.compile(
    r"(?:[市省区县旗局厅处科校院部]长|书记|主任|主席)$"
)  # names of the dictionary are tagged as any other
_NOT_OF_A_NAME = re.compile(
    r"^(?:年度|现任|时任|原任|新任|代表|里面|里头|当中|其中|按照|依照|照|据)?(?:全市|我市)?"
)  # 2023年度全市科技工作会议, 现任市统计局局长, 照科技局的说法
_COUNT_OF_BODIES = re.compile(r"^(?P<before>.*?)[一两二三四五六七八九十百几\d]+[所家]")
_POINTED_OUT = re.compile(r"[那这某][一几两三]?[所家]$")
_KIND_OF_BODY = re.compile(r"(?:大学|学院|公司|集团|银行|医院|研究院)$")


def _named_subjects(question: Question) -> Iterator[str]:
    """Persons, and names made of adjoining words that end like an organisation or a meeting."""
    for word in question.words:
        if (
            (word.tag == "nr" or (word.tag == "nz" and _IN_OFFICE.search(question.text, 0, word.start)))
            and 2 <= len(word.text) <= 3
            and word.text[0] in SURNAMES
            and word.text not in NOT_PERSONS
            and word.text[-1] not in "度率值"
            and not _BY_SURNAME.fullmatch(word.text)
            and not _POINTED_AT.search(question.text, 0, word.start)
            and (
                len(word.text) > 2
                or _AS_A_PERSON.match(question.text, word.end)
                or _IN_OFFICE.search(question.text, 0, word.start)
            )
        ):
            yield word.text
    run: list[Word] = []
    for word in question.words:
        if run and word.start != run[-1].end:
            run = []
        counts = not run and word.tag in {"m", "q"}
        asks = (
            question.interrogative is not None and question.interrogative[0] <= word.start < question.interrogative[1]
        )
        run = [*run, word] if word.tag in _PART_OF_NAME and not counts and not asks else []
        name = _NOT_OF_A_NAME.sub("", "".join(each.text for each in run))
        whole = len(name) >= (3 if len(run) > 1 else 4)
        if whole and _SUBJECT.search(name) and not _is_asked_for(question, run) and not _is_sort(name):
            yield name


def _is_sort(name: str) -> bool:
    """Whether the words tell a sort of bodies and name none: 名牌大学, 科技型小公司, 北京两所顶尖大学, 百家公司."""
    counted = _COUNT_OF_BODIES.match(name)
    if counted and counted["before"] and not find_places(counted["before"]):
        return False
    return is_bare_sort(name[counted.end() :] if counted else name)


def _is_pointed_out(question: Question, name: str) -> bool:
    """Whether the question speaks of 那所农业大学: who says so knows what it is about and not how it is called."""
    return _POINTED_OUT.search(question.text, 0, question.text.find(name)) is not None


def _is_such_a_body(name: str, held: str) -> bool:
    """Whether the text names a body of that kind with something of what tells which: 西北农林科技大学 for 农业大学, not for 师范大学."""
    kind = _KIND_OF_BODY.search(name)
    if kind is None:
        return False
    which = re.escape(name[: kind.start()])
    return re.search(rf"[{which}][一-鿿]{{0,4}}{kind.group()}", held) is not None if which else False


def _is_asked_for(question: Question, run: list[Word]) -> bool:
    """Whether the words describe what is asked for (依托公司是哪家, 哪家煤机公司) instead of naming something."""
    if question.kind not in (AnswerKind.ORGANISATION, AnswerKind.PLACE):
        return False
    if question.interrogative is None:
        return run[-1].end >= len(question.text.rstrip("？? 。"))
    first, last = question.interrogative
    return -1 <= first - run[-1].end <= 2 or -1 <= run[0].start - last <= 2 or run[0].start <= first < run[-1].end


def _stands_loosely(name: str, text: str) -> bool:
    """Whether the characters of ``name`` stand in ``text`` in order, with few others between."""
    name = name.removesuffix("会议")
    kind = _FIRM.search(name)
    bare = name[: kind.start()] if kind else name
    pattern = "[^，。；\n]{0,4}?".join(re.escape(character) for character in bare)
    if kind:  # 山河巨鼎公司: 山河巨鼎矿用机械制造有限公司
        pattern += f"[^，。；、\n]{{0,{_FIRM_WITHIN}}}?{kind.group()}"
    return re.search(pattern, text) is not None
