"""OFD: fourteen real files, each read or named with its true reason, and made ones that are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.reading.clean import clean
from qa.reading.loaders.ocr import ocr_available
from qa.reading.loaders.ofd import OfdLoader

REAL = {  # what was seen in each, by eye in an OFD reader's rendering or in the file's XML
    "ofdrw-converter__1.ofd": ("购买方名称：江苏京利华新材料有限公司", ["original_invoice"]),
    "ofdrw-converter__999.ofd": ("价税合计（大写）  壹万零陆佰圆整", ["original_invoice", "页眉页脚"]),
    "ofdrw-converter__ano.ofd": ("可信安全浏览器Web应用开发指南", ["第 2–3 页的文字是内嵌字体的字形代码"]),
    "ofdrw-converter__不规范资源路径.ofd": ("2021/02/03  太仓市婚姻登记处", []),
    "ofdrw-converter__发票示例.ofd": ("*餐饮服务*餐费  次  4  25  100.00  6%  6.00", ["original_invoice"]),
    "ofdrw-converter__文字横向-数科.ofd": ("一二三四", []),
    "ofdrw-layout__SplitParagraph.ofd": ("“超长文档“裁切测试", []),
    "ofdrw-layout__keyword.ofd": ("鲁（2020）泰安市不动产证明第0014777号", []),
    "ofdrw-reader__AddAttachment.ofd": ("这是一个带有附件的OFD文件", ["附带的文件没有读入：Gao"]),
    "ofdrw-reader__chineseDir.ofd": ("你好呀，OFD Reader&Writer！", []),
    "ofdrw-reader__path_unstd.ofd": ("立案决定书\n测试数据WSH", []),
    "ofdrw-sign__namespace_no_std.ofd": ("你好呀，OFD Reader&Writer！", []),
    "ofdrw-sign__signedFile.ofd": ("*印刷品*POP制作费  组  1  198.04  198.04", ["original_invoice"]),
}
PAGES = {"ofdrw-converter__999.ofd": 5, "ofdrw-converter__ano.ofd": 3, "ofdrw-layout__SplitParagraph.ofd": 2}


def test_every_real_file_is_in_the_table(shared: Path) -> None:
    assert {path.name for path in (shared / "data" / "ofd").iterdir()} == {*REAL, "ofdrw-converter__containsJPEG.ofd"}


@pytest.mark.parametrize("name", REAL)
def test_real_files_are_read(shared: Path, name: str) -> None:
    words, warnings = REAL[name]
    loaded = OfdLoader().load((shared / "data" / "ofd" / name).read_bytes(), name)
    assert words in clean(loaded).text
    assert len(loaded.pages) == PAGES.get(name, 2 if "path_unstd" in name else 1)
    assert len(loaded.warnings) == len(warnings)
    for wanted in warnings:
        assert any(wanted in warning for warning in loaded.warnings)
    assert not any("\ue000" <= character <= "\uf8ff" for character in loaded.text)


def test_a_file_of_pictures_is_recognised_and_marked(shared: Path) -> None:
    if not ocr_available():
        pytest.skip("needs the optional part rapidocr")
    data = (shared / "data" / "ofd" / "ofdrw-converter__containsJPEG.ofd").read_bytes()
    loaded = OfdLoader().load(data, "照片.ofd")
    assert "我和我的祖国" in loaded.text
    assert all(page.confidence is not None and page.doubtful for page in loaded.pages)
    assert any("请核对原件" in warning for warning in loaded.warnings)


def ofd(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return packed.getvalue()


ROOT = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>{}</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
DOCUMENT = (
    '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
    '</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04broken", "压缩结构"),
        (b"%PDF-1.4 something else", "压缩结构"),
        (ofd({"readme.txt": b"x"}), "OFD.xml"),
        (ofd({"OFD.xml": b"<a/>"}), "根元素"),
        (ofd({"OFD.xml": ROOT.format("../../etc/passwd").encode()}), "Document.xml"),
        (ofd({"OFD.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><OFD>&b;</OFD>'}), "DTD"),
        (ofd({"OFD.xml": ROOT.format("D.xml").encode(), "D.xml": b" " * (80 * 1024**2)}), "压缩炸弹"),
    ],
)
def test_what_is_no_sound_ofd_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        OfdLoader().load(data, "公文 ①😀.ofd")
    assert "公文 ①😀.ofd" in caught.value.message
    assert reason in caught.value.reason
    assert caught.value.hint


def test_a_page_that_the_file_does_not_hold_is_named() -> None:
    data = ofd({"OFD.xml": ROOT.format("D.xml").encode(), "D.xml": DOCUMENT.encode()})
    with pytest.raises(DocumentError) as caught:
        OfdLoader().load(data, "缺页.ofd")
    assert "第 1 页的内容不在文件里" in caught.value.reason
