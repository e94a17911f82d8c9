"""Text → the reader's tokens, with exact offsets.

Every Han character, digit and mark is one token, so an answer can begin and end at any of them; words of Latin letters
are cut greedily into the longest known pieces (XLM-R style, ``▁`` opens a word). White space is no token.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")
BOS, PAD, EOS, UNK = range(4)
WORD_OPENING = "▁"
MAX_PIECE_LETTERS = 8


@dataclass(frozen=True)
class Tokens:
    """Token ids of one text; token i covers code points ``starts[i]`` to ``ends[i]`` (half-open) of it."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.ids)


def read_vocabulary(path: Path) -> list[str]:
    """The pieces in id order: one a line, the four special pieces first; raises ``ValueError`` when they are not."""
    pieces = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if tuple(pieces[: len(SPECIAL_PIECES)]) != SPECIAL_PIECES:
        raise ValueError("vocabulary does not open with the special pieces")
    return pieces


def _is_letter(character: str) -> bool:
    return "a" <= character <= "z" or "A" <= character <= "Z"


def folded(character: str) -> str:
    """The character's NFKC form where that is a single code point, else the first code point of that form."""
    return unicodedata.normalize("NFKC", character)[:1] or character


class ReaderTokenizer:
    """Cuts text into the reader's tokens; holds only the table of pieces."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._id_of = {piece: number for number, piece in enumerate(pieces)}

    def encode(self, text: str) -> Tokens:
        """Tokens of ``text`` without special pieces; empty for blank text."""
        tokens = Tokens([], [], [])
        at = 0
        while at < len(text):
            character = text[at]
            if character.isspace() or character == "\ufeff":
                at += 1
            elif _is_letter(character) or _is_letter(folded(character)):
                at = self._word(text, at, tokens)
            else:
                self._add(tokens, self._character_id(character), at, at + 1)
                at += 1
        return tokens

    def _character_id(self, character: str) -> int:
        known = self._id_of.get(character)
        return self._id_of.get(folded(character), UNK) if known is None else known

    def _word(self, text: str, begin: int, tokens: Tokens) -> int:
        end = begin
        while end < len(text) and _is_letter(folded(text[end])):
            end += 1
        word = "".join(folded(character) for character in text[begin:end])
        at = 0
        while at < len(word):
            opening = WORD_OPENING if at == 0 else ""
            number, letters = self._longest(word, at, opening)
            self._add(tokens, number, begin + at, begin + at + letters)
            at += letters
        return end

    def _longest(self, word: str, at: int, opening: str) -> tuple[int, int]:
        for letters in range(min(MAX_PIECE_LETTERS, len(word) - at), 0, -1):
            piece = word[at : at + letters]
            number = self._id_of.get(opening + piece, self._id_of.get(piece) if opening and letters == 1 else None)
            if number is not None:
                return number, letters
        return UNK, 1

    @staticmethod
    def _add(tokens: Tokens, number: int, start: int, end: int) -> None:
        tokens.ids.append(number)
        tokens.starts.append(start)
        tokens.ends.append(end)
