"""Measure words, units and qualifiers around a number, and the words whose numeral counts nothing."""

from __future__ import annotations

import re

from qa.text.numerals import CHINESE_NUMERAL_CHARACTERS


def _words(table: str) -> list[str]:
    return table.split()


CLASSIFIERS = _words("""
    个百分点 百分点 个工作日 个小时 个月 个 项 家次 家 人次 人 名 户次 户 件次 件 条 份 所 座 台套 台 辆 套 种
    类 批次 批 期 届 场次 场 处 支 只 头 匹 篇 部 本 册 张 枚 颗 粒 棵 株 间 层 栋 幢 片 块 段 级 票 股 笔 宗 起
    例 对 组 队 班 校 列 艘 架 幅 首 页 遍 回 趟 轮 次 倍 成 位 方面 大 强 字 步 点 番 周年 周 年 天 日 小时
    分钟 秒 岁 代 门 盏 尊 桩 款 则 章 节 号 版
""")
MEASURES = _words("""
    亩 公顷 平方公里 平方千米 平方米 平方厘米 立方米 立方 公里 千米 厘米 毫米 微米 纳米 海里 米 里 吨标准煤 吨
    公斤 千克 毫克 克 斤 担 千瓦时 千瓦 兆瓦时 兆瓦 吉瓦时 吉瓦 瓦时 瓦 千伏安 千伏 伏 度 摄氏度 ℃ 毫升 升 美元
    欧元 英镑 日元 日圆 韩元 韩圆 卢布 法郎 马克 新台币 台币 澳元 加元 港元 人民币 元 角 分 车次 航班 学分 赫兹 千赫 兆赫 兆帕 千帕 帕
""")
LATIN_UNITS = _words("""
    km2 km² km m2 m² m³ cm mm kg mg kWh MWh GWh kW MW GW kV MPa GHz MHz Hz ha TB GB MB t g h
""")

_NOT_FOLLOWED_BY = dict(
    entry.split(":")
    for entry in _words("""
        人:民大才员类均工口力事士群文物体机 家:庭 成:员果立功为本长就效熟分品都
        分:钟之类析别配期公局院为 天:津气空文 日:本报常程前益 年:轻龄报 次:要序品级 处:理长室罚分置级于境在
        组:织成建长合 点:位击评 项:目 部:门分署委队长 级:别 位:于置 条:件例款 期:间货 批:准复示发 名:称单义誉字
        套:利 版:本权 号:召称码 门:诊户 股:份权东 本:市区地报级月周年次届土着科 元:旦素 里:程 层:面次 片:区
        块:链 章:程 节:能约目水 大:约概量于型学会家 强:化调度国省市县 步:骤伐 例:如 对:于接口外比 起:步来诉点
        场:所景馆地 间:接隔断 代:表码理 岁:月 升:级 担:保任当 份:额 支:持部出付撑援 种:子植业
        所:以在得需示谓 座:谈位 台:账湾 只:是能要 队:伍 班:子 校:园企地长 户:籍外 回:收报应
        首:先次都席 列:入为 段:落 轮:流 度:假 番:号 周:边期转岁 字:样
    """)
)
"""A measure word followed by one of these is part of another word: 5人大代表, 3部门, 2成果."""

PREFIX_QUALIFIERS = _words("""
    最高不超过 最多不超过 总计不超过 不超过 最高可达 最高达 最高可 最高 最多 最低 不高于 不多于 不低于 不少于
    不小于 不大于 不到 不足 不满 未满 未达 超过 突破 达到 多达 高达 大约 将近 接近 约为 约占 至少 至多 高于 低于
    大于 小于 少于 多于 逾 近 约 超 达 满
""")
SUFFIX_QUALIFIERS = _words("""
    以上 以下 以内 左右 上下 之多 有余
""")
_NOT_QUALIFIER_AFTER = {
    "近": "附最邻临相就靠亲新接将",
    "约": "签条节预公合履违契制特邀相大",
    "超": "赶反高",
    "达": "到表发抵传下送直通畅转多高未",
    "满": "圆美充期饱丰不未",
}

_WORDS_WITH_NUMERALS = _words("""
    一次性 一级 一类 二类 一批 一部分 一家人 一起 一步 一样 一体 一行 一道 一线 一流 一手 一路 一带 一代 一直
    一致 一定 一般 一些 一切 一旦 一律 一面 一方面 一向 一时 一度 一经 一贯 一再 一并 一同 一系列 一揽子 一站式
    一把手 一点 一片 一大 一年一度 一对一 一门心思 一张网 一口 一层 一段时间 一期 二期 三期 一场 二级 三级 四级
    五级 三门峡 五台山 五家渠 三台县 五大连池 六级 七级 八级 一日 一回 一番 一成不变 一周 三角 四分五裂
    百年 千年 万年 百日
    百家 百姓 千家 万家 百强 千人 百人 万人 十分 十足 百分点 万分 百倍 百天 千百 万千
""")
_NOT_NUMERAL_AFTER = "统唯专同单每某任另这那哪其之归合不逐数几划进"

ORDINAL_UNITS = frozenset({"号", "版", "届"})
"""Units that name a place in a row when they follow a bare numeral: 3号, 2.0版, 十四届."""


def any_of(words: list[str]) -> str:
    """A regular expression for one of ``words``, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _guarded(word: str) -> str:
    if word == "日":
        return "日(?=[之以]?内)"  # otherwise a day of the month: 21日和22日
    followers = _NOT_FOLLOWED_BY.get(word)
    return f"{re.escape(word)}(?![{followers}])" if followers else re.escape(word)


_CJK_UNITS = sorted(set(CLASSIFIERS + MEASURES), key=lambda word: (-len(word), word))
UNIT = re.compile(
    rf"[ \u00a0\u3000]{{0,2}}(?P<unit>{'|'.join(map(_guarded, _CJK_UNITS))}"
    rf"|(?:{any_of(LATIN_UNITS)})(?![A-Za-z0-9])|[%‰㎡])"
)
"""A unit, with up to two spaces before it."""
_THOUSANDS_UNIT = re.compile("千[瓦克米伏卡赫帕]")
PREFIX = re.compile(rf"(?P<qualifier>{any_of(PREFIX_QUALIFIERS)})[ \u00a0\u3000]{{0,2}}$")
SUFFIX = re.compile(any_of(SUFFIX_QUALIFIERS))
WORD_WITH_NUMERAL = re.compile(any_of(_WORDS_WITH_NUMERALS))


def qualifier_before(text: str, position: int) -> tuple[int, str]:
    """Start and word of the qualifier that ends at ``position``; ``(position, "")`` when there is none."""
    window_start = max(0, position - 8)
    match = PREFIX.search(text, window_start, position)
    if match is None:
        return position, ""
    word, start = match["qualifier"], match.start()
    if start > 0 and text[start - 1] in _NOT_QUALIFIER_AFTER.get(word, ""):
        return position, ""
    return start, word


def counts_something(text: str, position: int, numeral: str, unit: str | None, more: str) -> bool:
    """Whether a Chinese numeral is a quantity and not a piece of a word (一体, 统一, 万一, 二十大)."""
    before = text[position - 1] if position else " "
    if before in _NOT_NUMERAL_AFTER or before in CHINESE_NUMERAL_CHARACTERS:
        return False
    if WORD_WITH_NUMERAL.match(text, position) and not (len(numeral) > 1 or more):
        return False
    if numeral == "千" and _THOUSANDS_UNIT.match(text, position):
        return False  # 元/千瓦时
    if unit == "强" and numeral[0] not in "十百":
        return False  # 五联五强
    if len(numeral) == 1:
        return (unit is not None or bool(more)) and not (numeral in "万亿" and not more)
    if unit is None:
        return len(numeral) >= 3 or bool(more)
    return unit != "大"  # 十九大
