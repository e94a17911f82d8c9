"""What is asked by naming it (获奖项数, 发布会的地点, 提出提案的党派), said as the question that it stands for."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"什么|啥|谁|多少|(?<![近这那前后好])几(?!乎|经|何)|哪|何|怎|多[久大高长重]|是否|有没有|有无|[能可]否|是不是|咋|[吗呢吧]|列出|列举"
)
_LEAD = re.compile(
    r"^(?:请问|请教|请|麻烦)?(?:帮我|帮忙|给我)?(?:查一下|查查|查询|查|说一下|想知道|我想知道|想了解|求)?[，,：:\s]*"
)
# What may follow the head and only tells which one is meant: （刘晓峰讲话）, ，边东主持的那次.
_ASIDE = r"(?P<aside>[（(][^（）()]*[）)]|[，,](?=[^，,]*[那这非])[^，,]{2,20})?[？?。\s]*$"
_COUNTED = re.compile(
    rf"(?P<before>.+?)(?:的)?(?:(?P<unit>[人家个件户条次篇所名天]|(?<!立)项)数(?:量|目)?|(?<=企业|单位|机构|高校)数量?|(?<!指)(?<!系)(?<!分)(?<!参)(?<!倍)(?<!基)(?<!岁)(?<!票)(?<!总)数(?:量|目)|(?<!天)总[数量](?!值)|(?<=项目|授权)数)(?:合计|总计|共计)?(?:[是为有达]?多少)?{_ASIDE}"
)
_OF_BODIES = r"单位|部门|机构|企业|公司|集团|高校|大学|学校|院校|党派|媒体|主办方|承办方|研究院|实验室"
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (asked, re.compile(rf"(?P<before>.+(?:{head})){_ASIDE}"))
    for asked, head in (
        ("是哪一年", r"(?:年份|年度)"),
        ("是什么时候", r"(?<!截止)(?:时间|日期|日子)|截止(?:时间|日期)|年月日"),
        ("在哪里", r"地点|所在地|发源地|举办地|举行地|召开地"),
        (
            "是谁",
            r"负责人|联系人|主持人|报告人|主讲人|发言人|签约人|签署人|代表人|[审校]核人员?|签发人|[编主]辑|执笔人|记录人员?|拟稿人|起草人|[带牵]头人|汇报人|(?:致[辞词]|讲话|讲解|宣读|点评|授课|主讲|主持|接待|带队|见证|领誓)(?:人|者|专家|嘉宾)|(?:主持|致[辞词]|讲解|点评|授课|宣读|接待|带队|陪同|[会话字]的?)[一-鿿]{0,4}领导",
        ),
        ("是哪个", rf"(?:{_OF_BODIES})的?(?:名称|名字|全称)|的[^的，。]{{0,8}}(?:{_OF_BODIES})"),
        ("有哪些", r"名单|(?:随行|陪同|同行|参会|与会|出席)(?:人员|领导|嘉宾|单位|企业)"),
        (
            "是多少",
            r"发放额|兑付额|存栏量?|出栏量?|(?:销售|营业|可支配)收入|产值|产量|单产|面积|增速|增长率|增幅|发电量|装机(?:容量|规模)?|保有量|(?:机收|覆盖|完成|合格|利用)率|得分|[产销]能|[税贷补投产销总金余限]额|(?:投资|成交|交易|合同|协议|销售|营业|贸易)额|(?:户籍|常住|流动|总)人口|拥有量|金数额|助标准|助额|目标值|总投资|总造价|造价|数量目标|产值目标|位次|名次|占比|比重|比例|电话|号码",
        ),
    )
)
_IN_PLACE_OF = (
    ("是哪个单位的", re.compile(rf"(?P<before>.+?)的?(?:所在|任职|工作|供职)的?(?:单位|机构){_ASIDE}")),
    ("是谁", re.compile(rf"(?P<before>.+?)的?(?:姓名|名字){_ASIDE}")),
    ("是什么职务", re.compile(rf"(?P<before>.+?)的?职务{_ASIDE}")),
)
_WHO_IS = re.compile(r"谁是(?P<name>[^，。？?的]{2,16})(?P<mark>[？?]?)\s*")  # 谁是边东, 谁是市长
_SHORT_YEAR = re.compile(r"(?:(?<=^)|(?<=[，,、（(在于从到自至]))(?P<year>[12]\d)年(?![来间内以前后多的之期])")


_BANNERS_AND_DISTRICTS = re.compile(r"各?旗里?(?:和|跟|、|以及)各?区里?(?=[自的派一共也有都各财拿出])")


def as_officials_say(text: str) -> str:
    """旗区 for 旗里和区里: one level of government, and no two of which a sum is asked for."""
    return _BANNERS_AND_DISTRICTS.sub("旗区", text)


def with_whole_years(text: str) -> str:
    """21年 as 2021年 where it is a year and not how long something took."""
    return _SHORT_YEAR.sub(r"20\g<year>年", text)


_LEAST_CHARS = 4  # of a question that is left without what speech puts between
_DONE = re.compile(r"的(?=[一-鿿]{2}$)")  # 星创天地的建设 of 星创天地的建设数量
_FILLERS = re.compile(
    r"^(?:请?(?:[你您]|帮我|麻烦)+(?:看一?下|看看|看|说说|讲讲|讲|说|查一?下|查查)[，,]?)|[，,](?:请?[你您](?:看一?下|看看|说说|讲讲|念一下|查一?下))(?=[？?。\s]*$)"
    r"|到底|究竟|(?:有没有|有无)(?:说|写|提到?)(?:是|过)?(?=.{0,6}(?:多少|几|谁|哪|什么|啥))|来着(?=[？?。\s]*$)|(?<=[谁少么啥家个里])[啊呀呢呐](?=[？?。\s]*$)"
)
_QUOTED_WHOLE = re.compile(r"[“\"「『](?P<bare>[^”\"」』“「『]{4,})[”\"」』]")
_COURTESY = re.compile(
    r"^(?:(?:您|你|大家|老师)好|请问(?:一下)?|麻烦[你您]?|劳驾|请?(?:帮我|帮忙|给我|替我)(?:查|找|看|问|核实|核对)(?:一?下)?|我?(?:正)?(?:想|要|需要)(?:要|请)?(?:问|知道|了解|查|请教|咨询|核实|引用)(?:一?下)?"
    r"|请教(?:一?下)?|(?:我在?)?写(?:材料|报告|稿子|总结|简报|汇报|讲话稿?)(?:时|中)?(?:要用|需要|用|要引用)|领导(?:要|让我?[查问]|问(?![了的过责题及询讯]))(?:一?下)?|(?:请|能否|能不能|可以)?告诉我|请?(?:你|您)?回答(?:一?下)?"
    r"|我?(?:记得)?(?:根据|按照?|据|从|在)?(?:这[份期篇个]|该|本|上述)?(?:简报|文件|材料|资料|文中)(?:的?内容)?(?:里面?|上面?|中|来?看|显示|提[到过]|写[过到]|说过?|记载)*(?=[，,：:])"
    r"|关于(?:这个|以下)问题|问题?(?=[:：])|[（(]?\d{1,2}[）)]?[.．、](?=\D)|[一二三四五六七八九十]{1,2}、|(?:我们?|领导|单位|处里|科里)(?:现在|今天|这边)?(?:要|想|正?在|需要|急着?)[^，,。？?\d]{1,14}(?=[，,。]))[，,：:。！!\s]*"
)
_AFTERTHOUGHT = re.compile(
    r"[，,。；;？?！!\s]+(?:"
    r"(?:请|并|麻烦|最好|要|需要|记得|同时)*[你您]?(?:帮我)?(?:注明|标明|标注|附上?|附带|给出|给个?|列明|列出|写明|说明|提供|指明|告知)(?:一?下)?(?:信息|资料|数据|答案|原文|文件)?的?(?:出处|来源|原文|依据|引文|引用|页码|原话)"
    r"|(?:谢谢|多谢|感谢|谢了|辛苦了?|拜托了?|急用?|在线等)[你您了啦]*"
    r"|请?(?:具体|详细|简要|简单|准确|如实)(?:地)?(?:说说|讲讲|说明|回答|介绍|列出|一点|点)(?:一?下)?"
    r"|(?:有没有|有无|是否有)(?:相关|具体|官方|准确|对应)的?(?:数据|资料|记载|说法|信息|报道|内容)?"
    r"|(?:(?:我|领导)(?:要|想|在|正在?|急着?)|(?:要?写|要?用)(?:在|到|于|进|材料|报告))(?:(?!多少|几|谁|哪|什么|啥|何)[^？?，,]){0,10}"
    r")[。！!？?~～\s]*$"
)
_KNOW = re.compile(r"^[你您](?:知不知道|知道|了解|清楚)(?P<bare>.{4,}?)吗?[？?。\s]*$")


def without_fillers(text: str) -> str:
    """``text`` without what speech puts between (你看一下, 到底, 有没有说, 来着), courtesies before it and requests behind it (请注明出处):
    rules and networks know the question without them.
    """
    found = _bare(text)
    return found if len(found) >= _LEAST_CHARS else text


_STRAIGHT_QUOTES = re.compile(r"\"(?P<quoted>[^\"“”]{1,40})\"")


def _bare(text: str) -> str:
    text = _STRAIGHT_QUOTES.sub(r"“\g<quoted>”", text)
    if quoted := _QUOTED_WHOLE.fullmatch(text):
        text = quoted["bare"]
    for pattern in (_AFTERTHOUGHT, _COURTESY):
        before = ""
        while before != text:
            before = text
            shorter = pattern.sub("", text)
            text = shorter if len(shorter) >= _LEAST_CHARS else text
    if (known := _KNOW.fullmatch(text)) and _ASKS.search(known["bare"].removesuffix("吗")):
        text = known["bare"]
    return _FILLERS.sub("", text)


def asked_outright(text: str) -> str:
    """``text`` as a question where it names what is wanted without asking: 企业的数量 → 企业有多少家, 发布会的地点 → 发布会的地点在哪里; any other
    text as it is.
    """
    lead = _LEAD.match(text)
    bare = text[lead.end() :] if lead else text
    if who := _WHO_IS.fullmatch(bare):
        return f"{who['name']}是谁{who['mark']}"
    counted = _COUNTED.fullmatch(bare)
    if counted and not _ASKS.search(counted["before"]):
        unit = counted["unit"] or ("家" if counted["before"].endswith(("企业", "单位", "机构")) else "")
        return f"{_DONE.sub('', counted['before'])}有多少{unit}{counted['aside'] or ''}"
    if _ASKS.search(bare):
        return text
    for asked, head in (*_IN_PLACE_OF, *_HEADS):
        named = head.fullmatch(bare)
        if named:
            return f"{named['before']}{asked}{named['aside'] or ''}"
    return text


_WANTS_ONE = re.compile(
    r"多少|多[大久长高](?![一-鿿]{0,2}[于过])|(?<![近这那前后好第])几(?=[个家名项位次年月天件户人种条])|(?<!不管)谁(?!知道)|哪(?=[里儿年天月日个家位些])|什么时候|何时|为什么|百分之几"
)
_BETWEEN = re.compile(r"[，,、；;？?]|以及|并且|还有(?=.{0,6}(?:多少|几|谁|哪))")


def parts_asked(text: str) -> list[str]:
    """The parts of a question that want an answer each (PVC研发花了几年、投了多少钱), as written; one or none: it asks but once."""
    return [part for part in _BETWEEN.split(text) if _WANTS_ONE.search(part)]
