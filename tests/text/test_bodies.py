"""Who is meant by a short name, and whose deeds a document tells."""

from __future__ import annotations

import pytest

from qa.text.bodies import is_short_for, tells_its_deeds

BUREAU = "鄂尔多斯市科学技术局"


@pytest.mark.parametrize(
    ("name", "issuer", "expected"),
    [
        ("市科技局", BUREAU, True),
        ("科技局", BUREAU, True),
        ("鄂尔多斯市科技局", BUREAU, True),
        ("我局", BUREAU, True),
        ("局里", BUREAU, True),
        ("市教育局", BUREAU, False),
        ("准旗科技局", BUREAU, False),
        ("自治区科技厅", BUREAU, False),
        ("我厅", BUREAU, False),
        ("局", BUREAU, False),
        ("市政府", "鄂尔多斯市人民政府", True),
        ("市政府", BUREAU, False),
        ("市政府", "鄂尔多斯市人民政府办公室", True),
        ("市国资委", "鄂尔多斯市国有资产监督管理委员会", True),
    ],
)
def test_a_body_is_called_by_some_of_its_characters(name: str, issuer: str, expected: bool) -> None:
    assert is_short_for(name, issuer) is expected


@pytest.mark.parametrize(
    ("kind", "headings", "expected"),
    [
        ("简报", ("部门动态",), True),
        ("简报", ("【工作动态】",), True),
        ("简报", ("本局要闻",), True),
        ("简报", ("科技政策",), False),
        ("简报", ("旗区动态",), False),
        ("简报", (), False),
        ("总结", (), True),
        (None, (), True),
    ],
)
def test_a_bulletin_tells_its_issuers_deeds_under_its_own_news_alone(
    kind: str | None, headings: tuple[str, ...], expected: bool
) -> None:
    assert tells_its_deeds("市科技局", BUREAU, kind, headings) is expected
    assert not tells_its_deeds("市教育局", BUREAU, kind, headings)
    assert not tells_its_deeds("", BUREAU, kind, headings)
    assert not tells_its_deeds("市科技局", None, kind, headings)
