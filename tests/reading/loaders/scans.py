"""Pages "scanned" from known text: GB/T 9704 type area, paper tone, tilt, blur, noise, JPEG. Also the measure of their recall.

Run by hand, as it takes minutes: ``python -m tests.reading.loaders.scans --pages 100`` reads the pages through the PDF loader and
prints one line a page and the share of characters found again. The results stand in docs/decisions.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import time
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

REPOSITORY = Path(__file__).resolve().parents[3]
LINE_CHARS, PAGE_LINES = 28, 22  # GB/T 9704: 22 lines of 28 characters, size 3 (16 pt)
WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi
_FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC")


def font_file(family: str) -> tuple[str, int] | None:
    """(file, face number) of a font family, ``None`` when fontconfig or the family is not there."""
    if shutil.which("fc-match") is None:
        return None
    shown = subprocess.run(
        ["fc-match", "-f", "%{family}|%{file}|%{index}", f"{family}:lang=zh-cn"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found, file, index = shown.split("|")
    return (file, int(index)) if "CJK" in found else None


def scan(text: str, seed: int, tilt: float | None = None) -> Image.Image:
    """A grey picture of a page with ``text`` (at most 616 characters), degraded as a scanner would; the same for the same seed."""
    random = np.random.default_rng(seed)
    font = font_file(_FAMILIES[seed % 2])
    if font is None:
        raise RuntimeError("no Noto CJK font")
    face = ImageFont.truetype(font[0], 44, index=font[1])
    paper = int(random.integers(238, 256))
    page = Image.new("L", (WIDTH, HEIGHT), paper)
    draw = ImageDraw.Draw(page)
    for row, start in enumerate(range(0, len(text), LINE_CHARS)):
        line = text[start : start + LINE_CHARS]
        for column, character in enumerate(line):
            draw.text((220 + column * 44.5, 290 + row * 79), character, font=face, fill=int(random.integers(10, 60)))
    angle = float(random.uniform(-1.5, 1.5)) if tilt is None else tilt
    page = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=paper)
    page = page.filter(ImageFilter.GaussianBlur(float(random.uniform(0.3, 1.0))))
    grain = random.normal(0, float(random.uniform(4, 14)), (HEIGHT, WIDTH))
    pixels = np.clip(np.asarray(page, dtype=np.float32) + grain, 0, 255).astype(np.uint8)
    for _ in range(40):  # specks of dust
        x, y = int(random.integers(WIDTH)), int(random.integers(HEIGHT))
        pixels[y : y + 3, x : x + 3] = 60
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "JPEG", quality=int(random.integers(55, 90)))
    return Image.open(packed)


def scanned_pdf(texts: list[str], seed: int = 0) -> bytes:
    """A PDF whose pages are pictures of ``texts``."""
    pictures = [scan(text, seed + number) for number, text in enumerate(texts)]
    packed = io.BytesIO()
    pictures[0].save(packed, "PDF", resolution=200, save_all=True, append_images=pictures[1:])
    return packed.getvalue()


def recall(wanted: str, found: str) -> float:
    """The share of ``wanted``'s characters that stand in ``found`` in the same order, white space and width aside."""
    wanted, found = _folded(wanted), _folded(found)
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(wanted))


def page_texts(count: int) -> list[str]:
    """Consecutive pages of official texts: the shared government reports, else the project's own corpus."""
    shared = Path(os.environ.get("QA_SHARED", REPOSITORY.parent / "shared"))
    folder = shared / "data" / "official-documents" / "national-reports"
    files = sorted(folder.glob("*.txt")) or sorted((REPOSITORY / "corpus").glob("*20*.txt"))
    pages: list[str] = []
    size = LINE_CHARS * PAGE_LINES
    each = max(1, -(-count // len(files)))
    for file in files:
        text = "".join(file.read_text("utf-8", errors="replace").split())
        pages += [text[start : start + size] for start in range(0, min(len(text), each * size), size)]
    return pages[:count]


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def main() -> None:
    from qa.reading.loaders.pdf import PdfLoader

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="go on from this page (counted from 0, a multiple of 5)")
    options = parser.parse_args()
    texts = page_texts(options.pages)
    scores, confidences = [], []
    begun = time.monotonic()
    for first in range(options.first, len(texts), 5):
        part = texts[first : first + 5]
        loaded = PdfLoader().load(scanned_pdf(part, seed=first), f"scan-{first}.pdf")
        for number, text in enumerate(part, start=1):
            found = "".join(line.text for line in loaded.lines or () if line.page == number)
            scores.append((recall(text, found), len(text)))
            confidences.append(loaded.pages[number - 1].confidence or 0.0)
            print(f"{first + number:4d}  recall {scores[-1][0]:.4f}  confidence {confidences[-1]:.3f}", flush=True)
    chars = sum(length for _, length in scores)
    mean = sum(score * length for score, length in scores) / chars
    print(
        f"pages {len(scores)}  characters {chars}  recall {mean:.4f}  lowest page {min(scores)[0]:.4f}  "
        f"mean confidence {sum(confidences) / len(confidences):.3f}  seconds a page {(time.monotonic() - begun) / len(scores):.1f}"
    )


if __name__ == "__main__":
    main()
