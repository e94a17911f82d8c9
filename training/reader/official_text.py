"""The official documents that questions are made from, as passages of a few hundred characters."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

PASSAGE_CHARS = 330
HELD_OUT = ("2025年内蒙古", "2018年国务院", "1996年国务院", "2019-01-17", "2018-12-29", "2018-12-25")
HEADER = re.compile(r"^(标题|发文字号|发文机关|索引号|发布日期|来源|成文日期|主题分类)：")
SENTENCE = re.compile(r"[^。！？；]*[。！？；]?")


@dataclass(frozen=True)
class OfficialPassage:
    """One passage; ``held_out`` documents are kept for measuring and never trained on."""

    document: str
    text: str
    held_out: bool


def _docx_paragraphs(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode("utf-8")
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, flags=re.DOTALL)
    texts = ("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph)) for paragraph in paragraphs)
    return [text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">") for text in texts]


def _paragraphs(path: Path) -> list[str]:
    lines = _docx_paragraphs(path) if path.suffix == ".docx" else path.read_text(encoding="utf-8").split("\n")
    cleaned = [re.sub(r"[\s\u3000]+", "", line) for line in lines]
    return [line for line in cleaned if line and not HEADER.match(line)]


def _passages(paragraphs: list[str], most: int) -> list[str]:
    """Whole sentences joined up to ``most`` characters; a paragraph's end is kept as a line feed."""
    passages = [""]
    for paragraph in paragraphs:
        for sentence in SENTENCE.findall(paragraph):
            if len(passages[-1]) + len(sentence) > most and len(passages[-1]) > 80:
                passages.append("")
            passages[-1] += sentence
        passages[-1] += "\n"
    return [passage.strip() for passage in passages if len(passage.strip()) > 30]


def read_official(folder: Path, passage_chars: int = PASSAGE_CHARS) -> list[OfficialPassage]:
    """Passages of every report and document under ``folder``, documents in name order."""
    paths = sorted([*folder.glob("national-reports/*.txt"), *folder.glob("provincial-reports-2025/*.docx"),
                    *folder.glob("state-council/*.txt")])  # fmt: skip
    return [
        OfficialPassage(path.stem, text, path.stem.startswith(HELD_OUT))
        for path in paths
        for text in _passages(_paragraphs(path), passage_chars)
    ]
