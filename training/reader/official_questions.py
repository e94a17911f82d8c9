"""Questions made by rule from official text: figures, dates, organisations, names, lists and whole clauses.

A rule looks at one clause or sentence of a passage and yields (question, start, end). The wording is varied and thinned
(a few words dropped) so that the answer is found by sense and not by a run of equal characters alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from training.reader.examples import Example
from training.reader.official_patterns import (
    BY_WHOM,
    CLAUSE,
    DATE,
    DEFINED,
    DID,
    DUTY,
    ENUMERATED,
    FIGURE,
    GREW,
    HEADING,
    LEADING_VERB,
    LISTED,
    MEANS,
    NUMBER,
    OFFICE,
    PURPOSE,
    QUOTED,
    SENTENCE,
    STOOD,
    TELLS,
    TOPIC,
    UNUSABLE,
)
from training.reader.official_text import OfficialPassage

Made = tuple[str, int, int]
Rule = Callable[[str, random.Random], Iterator[Made]]

HEADING_QUESTIONS = (
    "如何{}？", "怎样{}？", "{}有哪些措施？", "{}要做什么？", "{}方面有哪些要求？", "在{}上采取了什么举措？", "{}的主要内容是什么？",
    "{}具体怎么做？",
)  # fmt: skip
TOPIC_QUESTIONS = ("如何{}？", "{}有哪些举措？", "{}具体做了什么？", "怎么{}？", "{}给予什么支持？")
DROPPED = re.compile(
    r"(?:进一步|大力|积极|全面|深入|不断|切实|着力|加快|继续|已经|同时|也|还|我们|我国|全国|今年|去年|扎实|充分|努力|坚决)"
)
SWAPS = (
    ("达到", "有"), ("建成", "建了"), ("引进", "引入"), ("增长", "提高"), ("下降", "降低"), ("完善", "健全"), ("加强", "强化"),
    ("推动", "促进"), ("推进", "开展"), ("支持", "扶持"), ("印发", "发布"), ("召开", "举行"), ("开展", "进行"), ("实施", "推行"),
    ("新增", "新增加了"), ("培育", "培养"), ("保障", "保证"), ("提升", "提高"), ("国内生产总值", "GDP"), ("贫困", "困难"), ("农村", "乡村"),
    ("企业", "公司"), ("制定", "出台"), ("改造", "整修"), ("问题", "难题"), ("重点", "重要"),
)  # fmt: skip


def _reworded(text: str, rng: random.Random) -> str:
    text = DROPPED.sub(lambda match: match.group() if rng.random() < 0.3 else "", text)
    for word, other in SWAPS:
        if word in text and rng.random() < 0.3:
            text = text.replace(word, other)
    return text


def _clauses(text: str) -> Iterator[tuple[str, int]]:
    for match in CLAUSE.finditer(text):
        yield match.group(), match.start()


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    for match in SENTENCE.finditer(text):
        yield match.group(), match.start()


def figures(text: str, rng: random.Random) -> Iterator[Made]:
    """Amounts, rates and counts."""
    for clause, at in _clauses(text):
        for match in FIGURE.finditer(clause):
            if match.group().endswith("年") and len(match.group()) >= 5:
                continue
            before, after = clause[: match.start()], clause[match.end() :]
            question = _figure_question(before, after, match.group(), rng)
            if question:
                yield question, at + match.start(), at + match.end()
                break


def _figure_question(before: str, after: str, figure: str, rng: random.Random) -> str:
    unit = re.sub(r"^" + NUMBER, "", figure).removesuffix("以上").removesuffix("左右")
    asked = rng.choice(["多少", "多少" + unit if len(unit) < 3 and unit not in "%％" else "多少"])
    grew, stood, did = GREW.search(before + "0"), STOOD.search(before + "0"), DID.match(before + "0")
    if grew and grew.end() == len(before):
        name, verb = grew.group(1), grew.group(2)
        rise = "增幅" if verb in "增长增加提高上升" else "降幅"
        return rng.choice([f"{name}{verb}了{asked}？", f"{name}的{rise}是多少？", f"{name}{verb}多少？"])
    if did and did.end() == len(before) and 2 <= len(did.group(1)) <= 16:
        thing = after if 2 <= len(after) <= 14 and not re.search(r"\d", after) else ""
        verb = did.group(1)
        count = "多少" + (unit if len(unit) < 3 and unit not in "%％" else "")
        return rng.choice(
            [
                f"{verb}{count}{thing}？",
                f"一共{verb}了{count}{thing}？",
                f"{verb}{thing}的数量是多少？",
                f"{thing or verb}有{count}？",
            ]
        )
    if stood and stood.end() == len(before):
        name = stood.group(1)
        return rng.choice(
            [f"{name}是多少？", f"{name}有{asked}？", f"{name}{stood.group(2)}{asked}？", f"{name}达到多少？"]
        )
    if len(before) + len(after) >= 8 and not re.search(r"\d", before + after):
        return f"{before}{asked}{after}？"
    return ""


def dates(text: str, rng: random.Random) -> Iterator[Made]:
    """When something happened or is due."""
    for sentence, at in _sentences(text):
        match = DATE.search(sentence)
        if match is None:
            continue
        rest = sentence[match.end() :].lstrip("，")
        happening = re.split("[，；]", rest)[0]
        before = re.split("[，；]", sentence[: match.start()])[-1]
        start, end = at + match.start(), at + match.end()
        if before in ("到", "截至", "从", "自") and 6 <= len(happening) <= 34:
            yield (
                rng.choice([f"{happening}要到什么时候？", f"{happening}的时间是？", f"什么时候{happening}？"]),
                start,
                end,
            )
        elif len(before) < 2 and 6 <= len(happening) <= 34:
            yield (
                rng.choice(
                    [
                        f"{happening}是什么时候？",
                        f"哪一天{happening}？",
                        f"什么时候{happening}？",
                        f"{happening}的时间是哪天？",
                    ]
                ),
                start,
                end,
            )
        elif 4 <= len(before) <= 24 and 2 <= len(happening) <= 24:
            yield f"{before}{rng.choice(['什么时候', '哪年', '何时'])}{happening}？", start, end


def organisations(text: str, rng: random.Random) -> Iterator[Made]:
    """Who is charged with it, who did it."""
    for match in DUTY.finditer(text):
        task = re.split("[。；\n]", text[: match.start()].rstrip("。；"))[-1]
        task = re.split("，", task)[-1] if len(task) > 40 else task
        if len(task) >= 6:
            asked = rng.choice(["由哪些部门负责", "由谁负责", "的责任单位是哪些", "归哪个部门负责", "由谁牵头"])
            yield f"{task}{asked}？", match.start(1), match.end(1)
    for clause, at in _clauses(text):
        by, office = BY_WHOM.match(clause), OFFICE.match(clause)
        if by:
            asked = rng.choice(["由谁", "由哪个部门", "由什么单位"])
            yield f"{asked}{by.group(2)}？", at + by.start(1), at + by.end(1)
        elif office:
            asked = rng.choice(["哪个部门", "谁", "哪个单位", "什么机构"])
            yield f"{asked}{office.group(2)}？", at + office.start(1), at + office.end(1)


def names(text: str, rng: random.Random) -> Iterator[Made]:
    """Titles in 《》 and terms in quotation marks."""
    for clause, at in _clauses(text):
        match = QUOTED.search(clause)
        if match is None or not 9 <= len(clause) - len(match.group()) + 2 <= 46:
            continue
        asked = rng.choice(
            ["哪个文件", "什么文件", "哪份文件"] if match.group()[0] == "《" else ["什么", "什么", "哪个"]
        )
        bare = rng.random() < 0.6 or match.group()[0] == "“"
        inset = 1 if bare and match.group()[0] == "“" else 0
        yield (
            clause[: match.start()] + asked + clause[match.end() :] + "？",
            at + match.start() + inset,
            at + match.end() - inset,
        )


def lists(text: str, rng: random.Random) -> Iterator[Made]:
    """Enumerations: what it includes, which fields, 一是…二是…."""
    for sentence, at in _sentences(text):
        match = LISTED.search(sentence)
        if match is not None:
            before = re.split("[，；：]", sentence[: match.start()])[-1]
            before = before or (re.split("[，；：]", sentence[: match.start()].rstrip("，"))[-1])
            if 3 <= len(before) <= 26:
                asked = rng.choice(
                    [
                        f"{before}{match.group(1)}哪些？",
                        f"{before}有哪些？",
                        f"{before}都有什么？",
                        f"{before}{match.group(1)}哪些方面？",
                    ]
                )
                yield asked, at + match.start(2), at + match.end(2)
        for clause, offset in _clauses(sentence):
            yield from ((asked, at + offset + a, at + offset + b) for asked, a, b in _enumerated(clause, rng))
        first = re.search(r"一是.+二是", sentence)
        if first is not None and 12 < first.start() < 80 and len(sentence) < 190:
            head = re.split("[，；：]", sentence[: first.start()].rstrip("，：;；"))[-1]
            if 4 <= len(head) <= 26:
                yield (
                    f"{head}{rng.choice(['有哪些', '包括哪些内容', '具体是什么', '有哪几条'])}？",
                    at + first.start(),
                    at + len(sentence),
                )


def _enumerated(clause: str, rng: random.Random) -> Iterator[Made]:
    match = ENUMERATED.search(clause)
    if match is None:
        return
    verb = LEADING_VERB.match(clause)
    start = verb.end() if verb and verb.end() > match.start() else match.start()
    after = clause[match.end() + 1 :]
    if "、" in clause[start : match.end()] and 2 <= len(after) <= 24 and 2 <= start <= 24:
        before = clause[:start]
        asked = [
            f"{before}哪些{after}？",
            f"{before}的{after}有哪些？",
            f"{before}哪几{'项' if '政策' in after else '类'}{after}？",
        ]
        yield rng.choice(asked), start, match.end()


def headed(text: str, rng: random.Random) -> Iterator[Made]:
    """What is done under a heading: the whole text below it."""
    matches = list(HEADING.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        stop = following.start() if following else len(text)
        body = text[match.end() : stop]
        body = body.split("\n")[0] if len(body) > 170 else body.rstrip("\n")
        if 18 <= len(body) <= 175 and body[-1] in "。；！":
            asked = rng.choice(HEADING_QUESTIONS).format(match.group(1))
            yield asked, match.end(), match.end() + len(body.rstrip("。；！"))


def clauses(text: str, rng: random.Random) -> Iterator[Made]:
    """Aims, means, statements and definitions: answers of a whole clause or the rest of the sentence."""
    for sentence, at in _sentences(text):
        told, defined = TELLS.search(sentence), DEFINED.match(sentence)
        if defined:
            yield (
                rng.choice([f"什么是{defined.group(1)}？", f"{defined.group(1)}指的是什么？"]),
                at + defined.start(2),
                at + defined.end(2),
            )
        elif told and 10 <= len(sentence) - told.end() <= 170 and told.start() < 12:
            who, verb = told.group(1), told.group(2)
            yield (
                rng.choice([f"{who}{verb}了什么？", f"{who}有什么要求？", f"{who}{verb}哪些内容？"]),
                at + told.end(),
                at + len(sentence),
            )
        head, _, rest = sentence.partition("，")
        purpose, means = PURPOSE.match(head), MEANS.match(head)
        begin = at + len(head) + 1
        if purpose and 8 <= len(rest) <= 150:
            aim = purpose.group(2)
            yield (
                rng.choice([f"为{aim}采取了什么措施？", f"怎样{aim}？", f"如何{aim}？", f"为了{aim}做了哪些工作？"]),
                begin,
                at + len(sentence),
            )
        elif means and 6 <= len(rest) <= 60:
            done = re.split("[，；]", rest)[0]
            yield (
                rng.choice([f"怎样{done}？", f"如何{done}？", f"{done}靠什么方式？", f"用什么办法{done}？"]),
                at,
                at + len(head),
            )
        elif re.match(r"(由于|因为|鉴于)", head) and 6 <= len(rest) <= 60:
            yield f"为什么{re.split('[，；]', rest)[0]}？", at + 2, at + len(head)


def topic_sentences(text: str, rng: random.Random) -> Iterator[Made]:
    """Sentences that open with a short 加强/推进/支持 … clause: what is done for it is the rest of the sentence."""
    for sentence, at in _sentences(text):
        head, _, rest = sentence.partition("，")
        if 5 <= len(head) <= 18 and TOPIC.match(head) and 16 <= len(rest) <= 150:
            asked = rng.choice(TOPIC_QUESTIONS).format(head)
            yield asked, at + len(head) + 1, at + len(sentence)


RULES: tuple[tuple[Rule, int], ...] = (
    (figures, 800), (dates, 350), (organisations, 500), (names, 300), (lists, 650), (headed, 700), (clauses, 500),
    (topic_sentences, 500),
)  # fmt: skip


def _usable(question: str, text: str, start: int, end: int) -> bool:
    words = question.rstrip("？")
    if UNUSABLE.search(question):
        return False
    return 7 <= len(question) <= 60 and text[start:end] not in question and words not in text and end > start


def make_questions(passages: list[OfficialPassage], rng: random.Random) -> list[Example]:
    """Answered questions, at most the number in ``RULES`` a rule, drawn over all passages; deterministic for one rng."""
    made: list[Example] = []
    for rule, most in RULES:
        found: list[Example] = []
        for passage in passages:
            for question, start, end in rule(passage.text, rng):
                worded = _reworded(question, rng)
                if _usable(worded, passage.text, start, end):
                    found.append(Example(worded, passage.text, ((start, end),), f"official-{rule.__name__}"))
        rng.shuffle(found)
        made += found[:most]
    return made
