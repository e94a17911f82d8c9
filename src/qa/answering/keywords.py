"""What asks for no words of a text: bare keywords, a request to write, a question that hangs on another, one about a whole document."""

from __future__ import annotations

import re

from qa.answering.relations import asks_for_a_relation
from qa.records import AnswerKind, Question

_ASKS = re.compile(r"[?？]|是否|有没有|有无|能否|可否|是不是|[吗呢]$")
MOST_WORDS = 2  # from three words on a row of keywords tells what is wanted (循环经济 三大领域 是指)


def is_bare_keywords(question: Question) -> bool:
    """Whether one or two different words are all there is, and nothing is asked."""
    if question.kind is not AnswerKind.CLAUSE or question.interrogative is not None:
        return False
    if _ASKS.search(question.text):
        return False
    words = {word.text for word in question.words}
    return 0 < len(words) <= MOST_WORDS and not asks_for_a_relation(question.text)


_ASKING_WORD = re.compile(r"多少|几|谁|哪|什么|啥|何|怎|是否|有没有|吗")
_TO_WRITE = re.compile(
    r"^(?:请|帮我|给我|麻烦)*(?:写一?[份篇个段]|起草|撰写|生成|翻译|总结|概括|归纳|润色|改写|编写|草拟|拟[一个写]|列个?提纲)"
)
_HANGS_ON = re.compile(r"^那么?(?P<what>[^，。？?]{1,14})呢[？?\s]*$|上面(?:说|提)|刚才|上一[个条]?问|前面(?:说|提|问)")
_SMALL_TALK = re.compile(
    r"^[你您](?:是谁|是什么|叫什么|会[干做]?什么|能[干做]什么|[好行]吗?)|^(?:今天|明天|昨天|现在|这[里边儿]|外面)[^，。？?]{0,4}(?:天气|气温)|^现在几点|讲个?笑话"
)
_OF_A_DOCUMENT = re.compile(
    r"(?:简报|(?<![会上 ，,])通报|答复函|期)(?:里面?|中|上)?(?:都|主要|一共)*(?:有(?:哪些|什么)(?:内容|栏目|消息|新闻|信息)?|[讲说写]了?(?:什么|些什么|哪些(?:内容|事情?)?)|的?(?:主要)?内容(?:是|有)?(?:什么|哪些)?)[？?。\s]*$"
)


_PRONOUN = re.compile(r"[它他她]们?(?![人国乡山处日市])")


def asks_for_no_words(text: str, official: bool = True) -> str:
    """Why ``text`` cannot be answered with words of a source, for the reader; empty where it can. Of a text that is not ``official`` (an
    article on one thing) 它 may be asked.
    """
    if _TO_WRITE.match(text) and not _ASKING_WORD.search(text):
        return "引证只找原文，不写稿、不概括、不翻译；请写成一个问题，下面先列出有关段落"
    if _HANGS_ON.search(text) or (official and _PRONOUN.match(text)):
        return "每一问都单独理解，不接着上一问；请把问的是什么写全"
    if _SMALL_TALK.search(text):
        return "引证只回答资料里写了的事"
    if _OF_A_DOCUMENT.search(text):
        return "问的是整份文件的内容，答案不是其中一处；请打开文件看，或问得具体些"
    return ""


_WHETHER = re.compile(
    r"(?<![什怎这那])(?:吗|么)[？?。\s]*$|是不是|是否|有没有|有无|对不对|对吧|能否|可否|[多高低大早快]吗|了没有?[？?。\s]*$"
)
_ALSO_ASKS = re.compile(r"多少|几[个家名项位人次]|谁|哪|什么|啥|何[时地人]|怎")


def asks_whether(text: str) -> bool:
    """Whether yes or no is asked for (科技型中小企业是132家吗): the words of a source show it, they do not say it."""
    return bool(_WHETHER.search(text)) and not _ALSO_ASKS.search(text)
