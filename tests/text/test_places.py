"""Which places a text names, short names of banners with it."""

from __future__ import annotations

import pytest

from qa.search.aliases import Aliases
from qa.text.places import Scope, city_of, find_places, place_root


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2024年土左旗规模以上工业企业有多少家", ["土默特左"]),
        ("土默特左旗2024年统计公报", ["土默特左"]),
        ("截至6月底阿荣旗高新技术企业多少家", ["阿荣"]),
        ("2024年末武川县人口", ["武川"]),
        ("2024年武川县人口", ["武川"]),
        ("鄂托克旗和鄂托克前旗", ["鄂托克", "鄂托克前"]),
        ("鄂温克旗奖补多少", ["鄂温克族自治"]),
        ("近年来贫困县脱贫", []),
        ("准旗、达旗", ["准格尔", "达拉特"]),
        ("达到271家，其中城固县46家", ["城固"]),
        ("锡林浩特市31家、多伦县9家", ["锡林浩特", "多伦"]),
        ("苏州市下辖昆山市、张家港市", ["苏州", "昆山", "张家港"]),
        ("永安市场、东方市民", []),
    ],
)
def test_counties_in_full_and_short(text: str, names: list[str]) -> None:
    assert [each.name for each in find_places(text)] == names


def test_a_league_is_home_as_a_city_is() -> None:
    assert [each.scope for each in find_places("全盟、我盟、全市")] == [Scope.CITY] * 3


def test_short_and_full_name_are_one_place_and_found_by_either() -> None:
    assert place_root("科右中旗") == place_root("科尔沁右翼中旗") == "科尔沁右翼中"
    assert [other for *_, other in Aliases().others_in("土左旗有多少家企业")] == ["土默特左旗"]
    assert [other for *_, other in Aliases().others_in("鄂托克旗有多少家企业")] == ["鄂旗"]


@pytest.mark.parametrize(
    ("county", "city"),
    [
        ("杭锦后旗", "巴彦淖尔"),
        ("杭锦旗", "鄂尔多斯"),
        ("准旗", "鄂尔多斯"),
        ("松山区", "赤峰"),
        ("包头", None),
        ("海淀区", None),
    ],
)
def test_counties_know_their_city(county: str, city: str | None) -> None:
    assert city_of(county) == city
