"""Two names for one thing, in the question and in the guards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qa.adapters.analyzer import JiebaAnalyzer, read_aliases, read_user_words
from qa.answering.support import Support, asked_words
from qa.answering.view import PassageView
from qa.records import Passage, Question
from qa.search.aliases import Aliases, stated_aliases
from qa.search.understanding import understand

ANALYZER = JiebaAnalyzer(["科特派"])


def asked(text: str, *pairs: tuple[str, str]) -> Question:
    return understand(text, ANALYZER, date(2026, 11, 21), lambda words: [1.0] * len(words), Aliases(pairs))


def test_what_documents_state() -> None:
    text = "会同中国石油化工集团有限公司（以下简称“中石化”）、市科学技术局（简称市科技局），按《建设方案》（以下简称《方案》）推进。"
    assert stated_aliases([text]) == [("中石化", "中国石油化工集团有限公司"), ("市科技局", "市科学技术局")]
    assert stated_aliases(["自治区人民政府（以下简称甲方）"]) == []


def test_the_dictionary_names_pairs_and_its_short_names_are_words(tmp_path: Path) -> None:
    file = tmp_path / "dictionary.txt"
    file.write_text("# 说明 = 注释\n星创天地\n科特派 = 科技特派员、特派员  # 口语\n空 =\n", "utf-8")
    assert read_aliases(file) == [("科特派", "科技特派员"), ("科特派", "特派员")]
    assert read_user_words(file) == ["星创天地", "科特派", "空"]
    assert read_aliases(tmp_path / "absent.txt") == []


def test_either_name_finds_the_other() -> None:
    pair = ("科特派", "科技特派员")
    text = "目前，我市共选派科技特派员535人。"
    view = PassageView(Passage("简报", 0, len(text), text), ANALYZER)
    place = (text.index("535"), text.index("535") + 4)

    def support(question: Question) -> float:
        return Support(question, asked_words(question), view).around(place)

    assert support(asked("科特派有多少人？", pair)) > support(asked("科特派有多少人？"))
    assert "特派员" in "".join(asked("科特派有多少人？", pair).terms)
    assert "科特派" in asked("科技特派员有多少人？", pair).terms


def test_a_question_in_traditional_characters_is_read_as_the_same() -> None:
    plain, traditional = asked("研发经费投入多少亿元？"), asked("研發經費投入多少億元？")
    assert (plain.text, plain.kind, plain.unit) == (traditional.text, traditional.kind, traditional.unit)
