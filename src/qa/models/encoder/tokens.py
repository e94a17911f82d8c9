"""The folder's tokenizer, without cutting and without padding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def text_tokenizer(folder: Path) -> Tokenizer:
    """``tokenizer.json`` of ``folder``; its special tokens are added, nothing is ever cut."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
