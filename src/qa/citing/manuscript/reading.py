"""A file that is to be checked → its words. Every kind of bad file is named with the next step."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from qa.citing.draft import MAX_DRAFT_CHARS, too_long
from qa.citing.manuscript.word_text import WordText, word_text
from qa.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MAX_DRAFT_BYTES = 5_000_000
"""A .docx of this size holds hundreds of pages or many pictures; more is not one draft."""
DRAFT_SUFFIXES = (".docx", ".md", ".txt")
_PLAIN = (".txt", ".text", ".md", ".markdown")
_MAX_UNPACKED_BYTES = 80_000_000
_MAX_PARTS = 5_000
_MAX_CONTROLS = 0.01
_OLE = b"\xd0\xcf\x11\xe0"
_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A draft: its words, and the bytes of the .docx it came from (``None`` for plain text and Markdown).

    ``notes`` say in Chinese what was not read or how.
    """

    name: str
    text: str
    word: bytes | None = None
    notes: tuple[str, ...] = ()


def read_manuscript(name: str, data: bytes) -> Manuscript:
    """The draft in a file called ``name``.

    Raises :class:`~qa.errors.UsageError` for another format, for more than :data:`MAX_DRAFT_BYTES` and for a file without
    words, :class:`~qa.errors.DocumentError` for one that is not what its name says.
    """
    shown = PurePath(name).name or "稿件"
    suffix = PurePath(name).suffix.lower()
    if len(data) > MAX_DRAFT_BYTES:
        raise UsageError(
            f"{shown} 有 {len(data) / 1_000_000:.1f} MB，太大",
            reason=f"一份稿件最大 {MAX_DRAFT_BYTES / 1_000_000:.0f} MB",
            hint="压缩或删去其中的图片，或按章节拆开后分别核稿",
        )
    if suffix == ".docx":
        made = _word_manuscript(shown, data)
    elif suffix in _PLAIN:
        made = _plain_manuscript(shown, data)
    else:
        raise UsageError(
            f"{shown} 的格式还不能核对",
            reason=f"扩展名是 {suffix or '空'}；能核对 {'、'.join(DRAFT_SUFFIXES)}",
            hint=_SAVE_AS if suffix in (".doc", ".wps", ".rtf", ".odt", ".docm") else "请另存为以上格式之一",
        )
    return _with_words(made)


def typed_manuscript(text: str, name: str = "") -> Manuscript:
    """A draft typed or pasted. Raises :class:`~qa.errors.UsageError` when it is too long or says nothing."""
    return _with_words(Manuscript(name, text.replace("\r\n", "\n").replace("\r", "\n")))


def _with_words(manuscript: Manuscript) -> Manuscript:
    if not any(map(str.isalnum, manuscript.text)):
        raise UsageError(
            f"{manuscript.name or '稿件'}里没有文字",
            reason="；".join(manuscript.notes),
            hint="请粘贴要核对的文字，或上传含有文字的 .docx、.md 或 .txt",
        )
    if len(manuscript.text) > MAX_DRAFT_CHARS:
        raise too_long(manuscript.text)
    return manuscript


def _plain_manuscript(name: str, data: bytes) -> Manuscript:
    from qa.reading.loaders.encodings import decode

    foreign = "Word 或压缩文件" if data[:2] == b"PK" else "旧版 Office 文档" if data[:4] == _OLE else ""
    foreign = foreign or ("PDF 文档" if data[:5] == b"%PDF-" else "")
    decoded = decode(data) if not foreign else None
    binary = decoded is None or _looks_binary(decoded.text)
    if decoded is None or binary:
        reason = f"内容是{foreign}" if foreign else "内容不是文字，或编码无法识别"
        raise DocumentError(f"{name} 不是文本文件", reason=reason, hint="请改正扩展名，或另存为 UTF-8 文本")
    notes = []
    if not decoded.encoding.lower().startswith("utf-8"):
        notes.append(f"按 {decoded.encoding.upper()} 编码读取，请留意有无乱码")
    if decoded.bad_bytes:
        notes.append(f"有 {decoded.bad_bytes} 处字节无法解码，已用 � 代替")
    return Manuscript(name, decoded.text.replace("\r\n", "\n").replace("\r", "\n"), notes=tuple(notes))


def _looks_binary(text: str) -> bool:
    controls = sum(c < " " and c not in "\t\n\r\f" for c in text)
    return "\x00" in text or controls > _MAX_CONTROLS * len(text)


def _word_manuscript(name: str, data: bytes) -> Manuscript:
    read = word_text(open_word(name, data))
    return Manuscript(name, read.text, data, tuple(_notes(read)))


def _notes(read: WordText) -> list[str]:
    notes = []
    unread = "、".join(f"{what} {count} 处" for what, count in read.unread.items() if count)
    if unread:
        notes.append(f"稿件中有{unread}，其中的文字没有核对")
    if read.tracked:
        notes.append("稿件中有修订，按全部接受之后的文字核对")
    return notes


def open_word(name: str, data: bytes) -> WordDocument:
    """The opened .docx. Raises :class:`~qa.errors.DocumentError` for bytes that are none, naming what they are."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    _require_word(name, data)
    try:
        return Document(BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, AttributeError) as error:
        # lxml's XMLSyntaxError is a SyntaxError.
        raise DocumentError(f"{name} 已损坏", reason=f"Word 文档的内容无法解读（{error}）", hint=_SAVE_AS) from error


def _require_word(name: str, data: bytes) -> None:
    if data[:4] == _OLE:
        raise DocumentError(f"{name} 不是 .docx", reason="内容是旧版 Word 文档，或设了打开密码", hint=_SAVE_AS)
    if not data:
        raise DocumentError(f"{name} 是空文件", reason="0 字节", hint="请重新选择文件")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        reason = "内容是 PDF 文档" if data[:5] == b"%PDF-" else "内容不是 Word 文档，或文件没有传完整"
        raise DocumentError(f"{name} 不是 .docx", reason=reason, hint=_SAVE_AS) from error
    if sum(part.file_size for part in parts) > _MAX_UNPACKED_BYTES or len(parts) > _MAX_PARTS:
        raise UsageError(f"{name} 解开后太大", reason="其中的内容远超过一份稿件", hint="请按章节拆开后分别核稿")
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError(f"{name} 有密码", reason="内容已加密", hint="请去掉密码后重试")
    if not any(part.filename.startswith("word/") for part in parts):
        raise DocumentError(f"{name} 不是 .docx", reason="是压缩文件，但里面没有 Word 文档", hint=_SAVE_AS)
