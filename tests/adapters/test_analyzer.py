from __future__ import annotations

from pathlib import Path

import pytest

from qa.adapters.analyzer import JiebaAnalyzer, read_user_words
from qa.errors import DocumentError


def test_user_words_are_never_cut(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.txt"
    path.write_text("# 说明\n科技特派员\n\n星创天地  # 平台\n", "utf-8")
    words = read_user_words(path)
    assert words == ["科技特派员", "星创天地"]
    analyzer = JiebaAnalyzer(words)
    assert [word.text for word in analyzer.words("科技特派员建成星创天地")] == ["科技特派员", "建成", "星创天地"]
    assert analyzer.fingerprint != JiebaAnalyzer().fingerprint
    assert JiebaAnalyzer(reversed(words)).fingerprint == analyzer.fingerprint


def test_an_absent_dictionary_gives_no_words_and_a_garbled_one_is_named(tmp_path: Path) -> None:
    assert read_user_words(tmp_path / "none.txt") == []
    (tmp_path / "dictionary.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError, match=r"dictionary\.txt"):
        read_user_words(tmp_path / "dictionary.txt")


def test_numbers_meet_in_every_form() -> None:
    analyzer = JiebaAnalyzer()
    for text in ("29家", "２９家", "二十九家"):
        assert "29" in analyzer.terms(text)
    assert set(analyzer.terms("1.7亿元")) & set(analyzer.terms("17000万元"))


def test_words_of_official_papers_are_whole() -> None:
    words = [word.text for word in JiebaAnalyzer().words("答复函抄送给了谁")]
    assert words[:2] == ["答复函", "抄送"]


def test_regions_of_several_cities_are_whole() -> None:
    words = [word.text for word in JiebaAnalyzer().words("建设呼包鄂国家自主创新示范区")]
    assert words[1:3] == ["呼包鄂", "国家"]


def test_simplifying_keeps_the_length() -> None:
    analyzer = JiebaAnalyzer()
    assert analyzer.fold("鄂爾多斯後來ＡＢＣ") == "鄂尔多斯后来abc"
    assert len(analyzer.simplify("鄂爾多斯後來")) == 6
