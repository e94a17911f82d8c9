"""Places that official documents name: provinces, prefecture-level cities and leagues, and the scope words 全国, 全区, 我市."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Scope(IntEnum):
    """How wide a place is."""

    COUNTY = 1
    CITY = 2
    PROVINCE = 3
    NATION = 4


# Names without their suffix, as of 2025: administrative divisions of the People's Republic (民政部, 行政区划代码).
_MUNICIPALITIES = "北京 天津 上海 重庆 台湾 香港 澳门".split()
_CITIES_OF = {
    "河北": "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安",
    "山西": "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "内蒙古": "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒 阿拉善",
    "辽宁": "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳市 葫芦岛",
    "吉林": "长春 四平 辽源 通化 白山市 松原 白城 延边",
    "黑龙江": "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭",
    "江苏": "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁",
    "浙江": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水",
    "安徽": "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山市 滁州 阜阳 宿州 六安 亳州 池州 宣城",
    "福建": "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 武夷山",
    "江西": "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶",
    "山东": "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽",
    "河南": "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源",
    "湖北": "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施",
    "湖南": "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西",
    "广东": "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山市 潮州 揭阳 云浮",
    "广西": "南宁 柳州 桂林 梧州 北海市 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾市 崇左",
    "海南": "海口 三亚 三沙 儋州",
    "四川": "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山",
    "贵州": "贵阳 六盘水 遵义 安顺 毕节 铜仁",
    "云南": "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 楚雄 红河 文山 西双版纳 德宏 怒江 迪庆",
    "西藏": "拉萨 日喀则 昌都 林芝 山南 那曲",
    "陕西": "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛",
    "甘肃": "兰州 嘉峪关 金昌 白银市 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南",
    "青海": "西宁 海东 玉树 海西",
    "宁夏": "银川 石嘴山 吴忠 固原 中卫",
    "新疆": "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 伊犁 喀什 和田 阿克苏",
}
_PROVINCE_OF = {city: province for province, cities in _CITIES_OF.items() for city in cities.split()}
SHORT_NAMES = (  # of the banners and counties of 内蒙古, as said there; not 左旗, 右旗 and 克旗, which may be several
    ("准旗", "准格尔旗"), ("达旗", "达拉特旗"), ("伊旗", "伊金霍洛旗"), ("鄂旗", "鄂托克旗"), ("鄂前旗", "鄂托克前旗"),
    ("土左旗", "土默特左旗"), ("土右旗", "土默特右旗"), ("达茂旗", "达尔罕茂明安联合旗"), ("和林县", "和林格尔县"), ("托县", "托克托县"),
    ("阿旗", "阿鲁科尔沁旗"), ("巴左旗", "巴林左旗"), ("巴右旗", "巴林右旗"), ("翁旗", "翁牛特旗"), ("喀旗", "喀喇沁旗"),
    ("科左中旗", "科尔沁左翼中旗"), ("科左后旗", "科尔沁左翼后旗"), ("扎旗", "扎鲁特旗"), ("科右前旗", "科尔沁右翼前旗"),
    ("科右中旗", "科尔沁右翼中旗"), ("莫旗", "莫力达瓦达斡尔族自治旗"), ("鄂伦春旗", "鄂伦春自治旗"), ("鄂温克旗", "鄂温克族自治旗"),
    ("陈旗", "陈巴尔虎旗"), ("新左旗", "新巴尔虎左旗"), ("新右旗", "新巴尔虎右旗"), ("乌前旗", "乌拉特前旗"), ("乌中旗", "乌拉特中旗"),
    ("乌后旗", "乌拉特后旗"), ("杭后旗", "杭锦后旗"), ("察右前旗", "察哈尔右翼前旗"), ("察右中旗", "察哈尔右翼中旗"),
    ("察右后旗", "察哈尔右翼后旗"), ("苏左旗", "苏尼特左旗"), ("苏右旗", "苏尼特右旗"), ("东乌旗", "东乌珠穆沁旗"),
    ("西乌旗", "西乌珠穆沁旗"), ("太旗", "太仆寺旗"), ("阿左旗", "阿拉善左旗"), ("阿右旗", "阿拉善右旗"),
)  # fmt: skip
_COUNTIES = (  # of 内蒙古; others are recognised by their suffix
    "东胜区 康巴什 达拉特 准格尔 鄂托克前旗 鄂托克 杭锦旗 乌审 伊金霍洛 乌审旗 阿荣旗 克什克腾旗 敖汉旗 奈曼旗 库伦旗 扎赉特旗 四子王旗 阿巴嘎旗 镶黄旗 正镶白旗 正蓝旗 额济纳旗"
).split() + [
    name for pair in SHORT_NAMES for name in pair if not name.startswith(("准格尔", "达拉特", "伊金霍洛", "鄂托克"))
]

_SUFFIX = r"(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|自治州|新区|地区|盟|省|市|县|旗|区)?"
_NAMES = {
    **dict.fromkeys([*_MUNICIPALITIES, *_CITIES_OF, "内蒙"], Scope.PROVINCE),
    **dict.fromkeys(_PROVINCE_OF, Scope.CITY),
    **dict.fromkeys(_COUNTIES, Scope.COUNTY),
}
_NAMED = re.compile("(?P<name>" + "|".join(sorted(_NAMES, key=len, reverse=True)) + ")" + _SUFFIX)
_JOINS = "与和同跟对向到赴从由及于往"
_BY_SUFFIX = re.compile(
    r"和(?:林(?:格尔)?|静|硕|政|平|顺)县|"
    rf"(?:(?<![一-鿿])|(?<=[{_JOINS}])|(?<=\d[年月日])|(?<=[年月][底初末]))(?!请问|[咱我你他]们?|[年月日底初末])[^\W\d_a-zA-Z{_JOINS}哪个的在各该本我全几多每市区谁]{{2,4}}?(?:县|旗)(?![域级舰帜下])"
)
_SCOPES = re.compile(
    r"(?P<city>我市|全市|本市|[全我本]盟|我们市|咱们市|咱市|(?<![一-鿿])市[里内])|(?P<province>全区(?!域)|我区|本区|自治区|全省|我省|本省)|(?P<nation>全国(?!人大|政协|两会)|我国|国内|全世界|全球)"
)


def _bare(place: str) -> str:
    bare = re.sub(_SUFFIX + "$", "", place)
    return bare if len(bare) >= 2 else place


_ROOTS = {"内蒙": "内蒙古", **{form: _bare(full) for short, full in SHORT_NAMES for form in (short, _bare(short))}}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """``[start, end)`` of the text names ``name`` (without suffix; empty for a scope word such as 我市, 全区)."""

    start: int
    end: int
    name: str
    scope: Scope


def place_root(place: str) -> str:
    """The bare name: 鄂尔多斯 for 鄂尔多斯市; the place itself where nothing is left."""
    return _ROOTS.get(place) or _bare(place)


def province_of(place: str) -> str | None:
    """The province that a prefecture-level city lies in; ``None`` where that is not known."""
    return _PROVINCE_OF.get(place_root(place))


def is_one_place(text: str) -> bool:
    """Whether ``text`` is one place and no more (准格尔)."""
    return any((each.start, each.end) == (0, len(text)) for each in find_places(text))


def find_places(text: str) -> list[PlaceMention]:
    """Every named place and scope word, in order, not overlapping; the longest name wins."""
    found: list[PlaceMention] = []
    for match in _NAMED.finditer(text):
        name = match["name"]
        found.append(PlaceMention(match.start(), match.end(), place_root(match.group()) or name, _NAMES[name]))
    found += [
        PlaceMention(match.start(), match.end(), place_root(match.group()), Scope.COUNTY)
        for match in _BY_SUFFIX.finditer(text)
    ]
    for match in _SCOPES.finditer(text):
        scope = Scope.CITY if match["city"] else Scope.PROVINCE if match["province"] else Scope.NATION
        found.append(PlaceMention(match.start(), match.end(), "", scope))
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[PlaceMention] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
