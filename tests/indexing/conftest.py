from __future__ import annotations

from pathlib import Path

import pytest

from .workshop import Workshop

TEXTS = {
    "甲.txt": "科技特派员引进新品种556个。\n推广新技术384项。",
    "乙.txt": "全市科技支出24.82亿元。",
    "子目录/丙.txt": "研发经费投入53.2亿元。\n居全区首位。",
}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path / "资 料", tmp_path / "索 引")
    made.corpus.mkdir()
    for name, text in TEXTS.items():
        made.write(name, text)
    return made
