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
    "东胜区 康巴什 达拉特 准格尔 鄂托克前旗 鄂托克 杭锦旗 乌审 伊金霍洛 乌审旗 阿荣旗 克什克腾旗 敖汉旗 奈曼旗 库伦旗 扎赉特旗 四子王旗 多伦县 武川县 清水河县 固阳县 林西县 宁城县 开鲁县 卓资县 化德县 商都县 兴和县 凉城县 突泉县 阿巴嘎旗 镶黄旗 正镶白旗 正蓝旗 额济纳旗"
).split() + [
    name for pair in SHORT_NAMES for name in pair if not name.startswith(("准格尔", "达拉特", "伊金霍洛", "鄂托克"))
]

# Banners, counties and districts of 内蒙古 by the city or league that they are of, without 旗, 县, 区 where more than two characters stay.
_COUNTIES_OF = {
    "呼和浩特": "新城区 回民区 玉泉区 赛罕区 土默特左旗 托克托 和林格尔 清水河 武川县",
    "包头": "昆都仑 东河区 青山区 石拐区 九原区 白云鄂博 土默特右旗 固阳县 达尔罕茂明安",
    "乌海": "海勃湾 海南区 乌达区",
    "赤峰": "红山区 元宝山 松山区 阿鲁科尔沁 巴林左旗 巴林右旗 林西县 克什克腾 翁牛特 喀喇沁 宁城县 敖汉旗",
    "通辽": "科尔沁区 霍林郭勒 科尔沁左翼中旗 科尔沁左翼后旗 开鲁县 库伦旗 奈曼旗 扎鲁特",
    "鄂尔多斯": "东胜区 康巴什 达拉特 准格尔 鄂托克前旗 鄂托克 杭锦旗 乌审旗 伊金霍洛",
    "呼伦贝尔": "海拉尔 扎赉诺尔 阿荣旗 莫力达瓦 鄂伦春 鄂温克 陈巴尔虎 新巴尔虎左旗 新巴尔虎右旗 满洲里 牙克石 扎兰屯 额尔古纳 根河市",
    "巴彦淖尔": "临河区 五原县 磴口县 乌拉特前旗 乌拉特中旗 乌拉特后旗 杭锦后旗",
    "乌兰察布": "集宁区 卓资县 化德县 商都县 兴和县 凉城县 察哈尔右翼前旗 察哈尔右翼中旗 察哈尔右翼后旗 四子王 丰镇市",
    "兴安": "乌兰浩特 阿尔山 科尔沁右翼前旗 科尔沁右翼中旗 扎赉特 突泉县",
    "锡林郭勒": "二连浩特 锡林浩特 阿巴嘎 苏尼特左旗 苏尼特右旗 东乌珠穆沁 西乌珠穆沁 太仆寺 镶黄旗 正镶白旗 正蓝旗 多伦县",
    "阿拉善": "阿拉善左旗 阿拉善右旗 额济纳",
}
_CITY_OF = {county: city for city, counties in _COUNTIES_OF.items() for county in counties.split()}

# County-level cities, which no suffix tells from 全市 and 城市; written with 市, for without it many are a word (兴化, 安国).
_COUNTY_CITIES = [
    f"{name}市"
    for name in (
        "锡林浩特 二连浩特 满洲里 扎兰屯 牙克石 根河 额尔古纳 乌兰浩特 阿尔山 霍林郭勒 丰镇 "
        "辛集 晋州 新乐 遵化 迁安 滦州 武安 南宫 沙河 涿州 定州 安国 高碑店 平泉 泊头 任丘 黄骅 河间 霸州 三河 深州 "
        "古交 高平 怀仁 介休 永济 河津 原平 侯马 霍州 孝义 汾阳 "
        "新民 瓦房店 庄河 海城 东港 凤城 凌海 北镇 盖州 大石桥 灯塔 调兵山 开原 北票 凌源 兴城 "
        "榆树 德惠 公主岭 蛟河 桦甸 舒兰 磐石 双辽 梅河口 集安 临江 扶余 洮南 大安 延吉 图们 敦化 珲春 龙井 和龙 "
        "尚志 五常 讷河 虎林 密山 铁力 同江 富锦 抚远 绥芬河 海林 宁安 穆棱 东宁 北安 五大连池 嫩江 安达 肇东 海伦 漠河 "
        "江阴 宜兴 新沂 邳州 溧阳 常熟 张家港 昆山 太仓 启东 如皋 海安 东台 仪征 高邮 丹阳 扬中 句容 靖江 泰兴 兴化 "
        "建德 慈溪 余姚 瑞安 乐清 龙港 海宁 平湖 桐乡 诸暨 嵊州 兰溪 义乌 东阳 永康 江山 温岭 临海 玉环 龙泉 "
        "巢湖 无为 潜山 桐城 天长 明光 界首 宁国 广德 "
        "福清 永安 石狮 晋江 南安 邵武 建瓯 漳平 福安 福鼎 "
        "乐平 瑞昌 共青城 庐山 贵溪 瑞金 龙南 井冈山 丰城 樟树 高安 德兴 "
        "胶州 平度 莱西 滕州 龙口 莱阳 莱州 招远 栖霞 海阳 青州 诸城 寿光 安丘 高密 昌邑 曲阜 邹城 新泰 肥城 荣成 乳山 乐陵 禹城 临清 邹平 "
        "新密 新郑 登封 荥阳 巩义 舞钢 汝州 林州 卫辉 辉县 长垣 沁阳 孟州 禹州 长葛 义马 灵宝 邓州 永城 项城 "
        "大冶 丹江口 宜都 当阳 枝江 老河口 枣阳 宜城 钟祥 京山 应城 安陆 汉川 石首 洪湖 松滋 麻城 武穴 赤壁 广水 恩施 利川 仙桃 潜江 天门 "
        "浏阳 宁乡 醴陵 湘乡 韶山 耒阳 常宁 武冈 邵东 汨罗 临湘 津市 沅江 资兴 洪江 冷水江 涟源 吉首 祁阳 "
        "乐昌 南雄 台山 开平 鹤山 恩平 廉江 雷州 吴川 高州 化州 信宜 四会 兴宁 陆丰 阳春 英德 连州 普宁 罗定 "
        "荔浦 岑溪 东兴 桂平 北流 靖西 平果 合山 凭祥 横州 五指山 琼海 文昌 万宁 东方 "
        "都江堰 彭州 邛崃 崇州 简阳 广汉 什邡 绵竹 江油 射洪 隆昌 峨眉山 阆中 华蓥 万源 马尔康 康定 西昌 会理 "
        "清镇 盘州 赤水 仁怀 黔西 兴仁 兴义 凯里 都匀 福泉 安宁 宣威 澄江 腾冲 水富 楚雄 禄丰 个旧 开远 蒙自 弥勒 景洪 瑞丽 芒市 泸水 香格里拉 "
        "彬州 兴平 华阴 韩城 神木 子长 旬阳 玉门 敦煌 华亭 临夏 合作 德令哈 格尔木 茫崖 灵武 青铜峡 "
        "石河子 阿拉尔 图木舒克 五家渠 北屯 铁门关 双河 可克达拉 昆玉 胡杨河 昌吉 阜康 博乐 阿拉山口 库尔勒 阿克苏 库车 阿图什 喀什 和田 伊宁 奎屯 霍尔果斯 塔城 乌苏 沙湾 阿勒泰"
    ).split()
]

_SUFFIX = r"(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|自治州|新区|地区|盟|省|市|县|旗|区)?"
_NAMES = {
    **dict.fromkeys([*_MUNICIPALITIES, *_CITIES_OF, "内蒙"], Scope.PROVINCE),
    **dict.fromkeys(_COUNTY_CITIES, Scope.COUNTY),
    **dict.fromkeys(_PROVINCE_OF, Scope.CITY),
    **dict.fromkeys(_COUNTIES, Scope.COUNTY),
}
_NAMED = re.compile(
    "(?P<name>"
    + "|".join(
        name + ("(?![民场值价容面])" if name.endswith("市") else "") for name in sorted(_NAMES, key=len, reverse=True)
    )
    + ")"
    + _SUFFIX
)
_JOINS = "与和同跟对向到赴从由及于往"
_BY_SUFFIX = re.compile(
    r"和(?:林(?:格尔)?|静|硕|政|平|顺)县|"
    rf"(?:(?<![一-鿿])|(?<=[{_JOINS}])|(?<=\d[年月日])|(?<=[年月][底初末])|(?<=其中))(?!其中|请问|[咱我你他]们?|[年月日底初末])[^\W\d_a-zA-Z{_JOINS}哪个的在各该本我全几多每市区谁按]{{2,4}}?(?:县|旗)(?![域级舰帜下])"
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


def city_of(place: str) -> str | None:
    """The city or league that a banner, county or district of 内蒙古 lies in, by its name with or without the suffix; ``None`` where that
    is not known.
    """
    root = place_root(place)
    return next(
        (_CITY_OF[each] for each in (place, root, *(f"{root}{kind}" for kind in "旗县区市")) if each in _CITY_OF), None
    )


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
