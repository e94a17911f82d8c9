"""Chinese analysis for the lexical index: opencc (繁→简), rjieba (segmentation), Arabic numerals."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import opencc
import rjieba

from qa.errors import DocumentError
from qa.records import Word
from qa.text.normalise import fold, fold_with_map
from qa.text.numbers import find_numbers

RULES_VERSION = 5
"""Raised when the same text would give other terms than before, so that stored term lists are made anew."""

# Organisations of state whose short names general dictionaries cut.
_OFFICES = (
    "国家发展改革委 发展改革委 发改委 国资委 卫健委 网信办 科技部 工信部 财政部 教育部 农业农村部 生态环境部 人社部 住建部 文旅部 商务部 自然资源部 "
    "应急管理部 国家统计局 国家能源局 市委 市政府 市人大常委会 市政协 旗委 旗政府 自治区党委 自治区政府"
).split()
_REGIONS = "呼包鄂 呼包鄂榆 粤港澳大湾区 长江经济带 蒙晋冀 晋陕蒙".split()  # else 呼包 | 鄂
_OF_PAPERS = {"抄送": "v", "抄报": "v", "主送": "v", "答复函": "n", "复函": "n"}  # else 答复 | 函抄 | 送给
_USER_WORD_FREQUENCY = 50_000  # above any dictionary word, so that a user's word is never cut


class JiebaAnalyzer:
    """Terms for search and words with offsets, both folded (half width, lower case, simplified).

    ``user_words`` come from ``corpus/dictionary.txt``. Numbers give, besides their written form, the plain decimal value, so that
    29, ２９ and 二十九 meet, and 1.7亿 meets 17000万.
    """

    def __init__(self, user_words: Iterable[str] = ()) -> None:
        self._user_words = tuple(sorted({word.strip() for word in user_words if word.strip()}))
        self._to_simplified = opencc.OpenCC("t2s")
        self._jieba = rjieba.Jieba()
        for word in _OFFICES:
            self._jieba.add_word(word, _USER_WORD_FREQUENCY, "nt")
        for word in _REGIONS:
            self._jieba.add_word(word, _USER_WORD_FREQUENCY, "ns")
        for word, tag in _OF_PAPERS.items():
            self._jieba.add_word(word, _USER_WORD_FREQUENCY, tag)
        for word in self._user_words:
            known = self._jieba.tag(self.fold(word))
            self._jieba.add_word(self.fold(word), _USER_WORD_FREQUENCY, known[0][1] if len(known) == 1 else "nz")

    @cached_property
    def fingerprint(self) -> str:
        basis = "\n".join((f"rules {RULES_VERSION}", *self._user_words))
        return hashlib.sha256(basis.encode()).hexdigest()[:16]

    def simplify(self, text: str) -> str:
        """Traditional to simplified, character by character: the length never changes."""
        simplified = str(self._to_simplified.convert(text))
        return simplified if len(simplified) == len(text) else text

    def fold(self, text: str) -> str:
        """Half width, lower case, simplified."""
        return self.simplify(fold(text))

    def terms(self, text: str) -> list[str]:
        folded = self.fold(text)
        found = [word.strip() for part in _parts(folded) for word in self._jieba.cut_for_search(part) if _is_word(word)]
        written = set(found)
        for mention in find_numbers(folded):
            value = format(mention.value.normalize(), "f")
            if value not in written:
                found.append(value)
        return found

    def words(self, text: str) -> list[Word]:
        folded = fold_with_map(text)
        simplified = self.simplify(folded.text)
        cut: list[Word] = []
        at = 0
        for piece, tag in (tagged for part in _parts(simplified) for tagged in self._jieba.tag(part)):
            start, at = at, at + len(piece)
            if _is_word(piece):
                cut.append(Word(piece, folded.starts[start], folded.starts[at], tag))
        return cut


_AFTER_YEAR = re.compile(r"(?<=\d年)(?=[市区县旗自全我])")


def _parts(text: str) -> list[str]:
    """``text`` cut where segmentation goes wrong: 2023年|市科技局, which would give 年市."""
    return _AFTER_YEAR.split(text)


def _is_word(piece: str) -> bool:
    return piece.isalnum() or any(map(str.isalnum, piece))


def read_user_words(path: Path) -> list[str]:
    """The first column of ``dictionary.txt``, one word a line, ``#`` opens a comment; an absent file gives no words.

    Raises :class:`DocumentError` when the file cannot be read as UTF-8.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(
            f"无法读取用户词典 {path}", reason=str(error), hint="请存为 UTF-8 文本，每行一个词，或暂时移走此文件"
        ) from error
    kept = (raw.split("#")[0].split("=")[0].split() for raw in lines)
    return [words[0] for words in kept if words]


def read_aliases(path: Path) -> list[tuple[str, str]]:
    """(short name, full name) of the lines ``短名 = 全称`` of ``dictionary.txt``; several full names are parted by 、."""
    if not path.is_file():
        return []
    found = []
    for line in path.read_text("utf-8-sig").splitlines():
        short, _, fulls = (part.strip() for part in line.split("#")[0].partition("="))
        found += [(short, full.strip()) for full in fulls.split("、") if short and full.strip()]
    return found
