"""PDF: reading order, paragraphs, running heads, pages, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.reading.clean import clean
from qa.reading.loaders import isolated, ocr, pdf_pages
from qa.reading.loaders.isolated import Isolated
from qa.reading.loaders.pdf import PdfLoader
from qa.reading.loaders.radicals import plain_ideographs
from tests.reading.loaders.pdf_writer import HEIGHT, Placed, paragraph, pdf

PROSE = (
    "市科技局负责人介绍，全市共选派各级科技特派员五百三十五人，建成一个综合信息服务平台和二十二个星创天地，推广新技术三百八十四项，"
    "引进新品种五百五十六个，服务农牧民近三万户，带动合作社等服务对象实现经济效益一点七亿元。"
)
OTHER = (
    "会议强调，要在落实合作协议和合作项目上下功夫，加大对所需各类资源的支持力度，扎实推进合作项目取得成效，按季度对合作项目进行调度，"
    "进一步完善科技管理体制机制，为高质量发展提供坚强的科技支撑和人才保障。"
)


def text_of(data: bytes) -> str:
    return clean(PdfLoader().load(data, "试.pdf")).text


def test_broken_lines_become_paragraphs_again() -> None:
    page = [Placed(200, 100, "关于科技特派员工作情况的报告", 22), *paragraph(PROSE, 160), *paragraph(OTHER, 300)]
    assert text_of(pdf([page])).split("\n") == ["关于科技特派员工作情况的报告", PROSE, OTHER]


def test_a_paragraph_goes_on_over_the_page_and_each_line_knows_its_page() -> None:
    lines = paragraph(PROSE, 700)
    first = [line for line in lines if line.y < 760]
    second = [Placed(line.x, 100 + row * 28, line.text) for row, line in enumerate(lines[len(first) :])]
    loaded = PdfLoader().load(pdf([first, second]), "试.pdf")
    cleaned = clean(loaded)
    assert cleaned.text == PROSE
    assert [page.number for page in cleaned.pages] == [1, 2]
    assert cleaned.text[cleaned.pages[1].start :] == "".join(line.text for line in second)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = paragraph(PROSE * 2, 150, left=60, width=16, size=14, step=20)
    right = paragraph(OTHER * 2, 150, left=310, width=16, size=14, step=20)
    rows = [line for pair in zip(left, right, strict=False) for line in pair] + left[len(right) :] + right[len(left) :]
    title = Placed(200, 90, "全市科技工作简报", 22)
    assert text_of(pdf([[title, *rows]])).split("\n") == ["全市科技工作简报", PROSE * 2, OTHER * 2]


def test_a_table_is_read_row_by_row() -> None:
    table = [("指标", "单位", "数值"), ("生产总值", "亿元", "6363"), ("人口", "万人", "220"), ("粮食", "万吨", "31")]
    page = [
        Placed(80 + 160 * column, 150 + 30 * row, cell)
        for row, line in enumerate(table)
        for column, cell in enumerate(line)
    ]
    assert "生产总值  亿元  6363" in [line.text for line in PdfLoader().load(pdf([page]), "试.pdf").lines or ()]


def test_repeated_heads_and_page_numbers_are_left_out_and_reported() -> None:
    pages = [
        [
            Placed(200, 50, "鄂尔多斯科技简报"),
            *paragraph(PROSE if number % 2 else OTHER, 200),
            Placed(280, 800, f"— {number} —"),
        ]
        for number in range(1, 6)
    ]
    loaded = PdfLoader().load(pdf(pages), "试.pdf")
    text = "\n".join(line.text for line in loaded.lines or ())
    assert "鄂尔多斯科技简报" not in text
    assert "—" not in text
    assert any("鄂尔多斯科技简报”（5 页）" in warning for warning in loaded.warnings)


@pytest.mark.parametrize(
    "heads", [("附件1", "附件2", "附件3"), ("编号：507", "编号：311", "编号：846"), ("一、", "二、", "三、")]
)
def test_lines_at_the_edge_that_differ_in_their_figures_are_kept(heads: tuple[str, ...]) -> None:
    pages = [[Placed(88, 50, head), *paragraph(PROSE, 200)] for head in heads]
    text = text_of(pdf(pages))
    assert all(head in text for head in heads)


def test_a_head_that_counts_the_pages_is_left_out() -> None:
    pages = [[Placed(88, 50, f"2024年科技简报 第{n}页 共5页"), *paragraph(PROSE, 200)] for n in range(1, 6)]
    assert "科技简报" not in text_of(pdf(pages))


def test_a_line_that_repeats_in_the_middle_of_pages_is_kept() -> None:
    pages = [[*paragraph(PROSE, 100), Placed(120, 400, "单位：万元")] for _ in range(5)]
    assert text_of(pdf(pages)).count("单位：万元") == 5


def test_a_turned_page_reads_as_it_is_shown() -> None:
    upright = text_of(pdf([paragraph(PROSE, 160)]))
    lines = [pdf_pages.Box(*row[1:5]) for row in pdf_pages_of(pdf([paragraph(PROSE, 160)], rotate=180))[0]["lines"]]
    assert upright == PROSE
    assert all(0 <= box.left < box.right <= 600 and 0 <= box.top < box.bottom <= HEIGHT for box in lines)


def pdf_pages_of(data: bytes) -> list[dict[str, object]]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        path.write_bytes(data)
        return pdf_pages.read_pages(str(path))


def test_radicals_are_read_as_the_ideographs_they_stand_for() -> None:
    assert plain_ideographs("⼀切⽤⽅见⻅⻔长⻓豈") == "一切用方见见门长长豈"
    assert text_of(pdf([paragraph(PROSE.replace("人", "⼈"), 160)])) == PROSE


def test_glyph_codes_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    page = pdf_pages_of(pdf([paragraph(PROSE, 160)], readable=False))[0]
    assert page["scan"] in ("glyphs", "empty", "little")
    monkeypatch.setattr(ocr.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DocumentError, match="没有安装") as caught:
        PdfLoader().load(pdf([paragraph(PROSE, 160)], readable=False), "试.pdf")
    assert "pip install" in caught.value.hint


def test_a_hidden_layer_of_another_recognition_is_named() -> None:
    loaded = PdfLoader().load(pdf([paragraph(PROSE, 160)], invisible=True), "试.pdf")
    assert any("核对原件" in warning for warning in loaded.warnings)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a pdf at all", "没有 PDF 标记"),
        (b"%PDF-1.7\n", "损坏"),
        (pdf([paragraph(PROSE, 160)])[:400], "损坏"),
    ],
)
def test_damaged_files_are_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        PdfLoader().load(data, "坏 文件😀.pdf")
    assert "坏 文件😀.pdf" in caught.value.message
    assert reason in caught.value.reason
    assert caught.value.hint


def test_a_password_is_named() -> None:
    import pypdfium2

    encrypted = Path(__file__).parent / "data" / "password.pdf"
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(encrypted)
    with pytest.raises(DocumentError, match=r"password\.pdf 有打开密码"):
        PdfLoader().load(encrypted.read_bytes(), "password.pdf")


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf([paragraph(PROSE, 160)] * 3))
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 2)
    with pytest.raises(DocumentError, match="3 页"):
        pdf_pages.read_pages(str(path))


def test_a_long_pdf_tells_its_progress_and_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop(Exception):
        pass

    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 7:
            raise Stop

    monkeypatch.setattr(isolated.PARSING, "page_progress", progress)
    with pytest.raises(Stop):
        PdfLoader().load(pdf([paragraph(PROSE, 160)] * 40), "长.pdf")
    assert seen == [(number, 40) for number in range(1, 8)]
    monkeypatch.setattr(isolated.PARSING, "page_progress", None)
    assert text_of(pdf([paragraph(PROSE, 160)])) == PROSE  # the child that was stopped is replaced


class TestIsolated:
    """A parser that hangs, dies or swells costs its file alone."""

    def call(self, child: Isolated, function: str, limit_s: float = 20.0) -> object:
        return child.call(f"qa.reading.loaders.{function}", [], name="甲.pdf", limit_s=limit_s)

    def test_outside_functions_cannot_be_called(self) -> None:
        child = Isolated(1024)
        with pytest.raises(DocumentError):
            child.call("os:getcwd", [], name="甲.pdf", limit_s=20)
        child.close()

    def test_a_hang_ends_at_the_limit_and_the_next_call_works(self) -> None:
        child = Isolated(1024)
        with pytest.raises(DocumentError, match="超时"):
            child.call("qa.reading.loaders.isolated_child:main", ["unused"], name="甲.pdf", limit_s=0.0)
        found = child.call("qa.reading.loaders.radicals:plain_ideographs", ["⼀"], name="甲.pdf", limit_s=60)
        assert found == "一"
        child.close()

    def test_a_child_that_dies_is_named_and_replaced(self) -> None:
        child = Isolated(1024)
        child.call("qa.reading.loaders.radicals:plain_ideographs", ["⼀"], name="甲.pdf", limit_s=60)
        assert child._child is not None
        child._child.kill()
        child._child.wait()
        found = child.call("qa.reading.loaders.radicals:plain_ideographs", ["⽤"], name="甲.pdf", limit_s=60)
        assert found == "用"
        child.close()
