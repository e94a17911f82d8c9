"""Plain text and markdown."""

from __future__ import annotations

from qa.errors import DocumentError
from qa.ports import Loaded
from qa.reading.loaders.encodings import decode
from qa.reading.loaders.files import MAX_FILE_BYTES

_FOREIGN = (
    (b"%PDF-", "PDF 文档", ".pdf"),
    (b"PK\x03\x04", "压缩包或 Office 文档", ".docx / .xlsx / .pptx / .ofd / .zip"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文档", ".doc / .xls / .wps"),
    (b"{\\rtf", "RTF 文档", ".rtf"),
    (b"\x89PNG", "图片", ".png"),
    (b"\xff\xd8\xff", "图片", ".jpg"),
    (b"GIF8", "图片", ".gif"),
    (b"SQLite format 3\x00", "SQLite 数据库", ".db"),
    (b"\x7fELF", "可执行程序", ""),
    (b"MZ\x90\x00", "可执行程序", ".exe"),
)
_MAX_CONTROL_SHARE = 0.01
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1a\x85")
_GARBLED = ("锟斤拷", "烫烫烫", "鈥", "銆", "Ã¤", "â€", "ï»¿")


class TextLoader:
    """Reads .txt and .md in UTF-8, UTF-16, GB18030 (GBK) or Big5; the encoding is found out, never asked for."""

    suffixes: tuple[str, ...] = (".txt", ".text", ".md", ".markdown")
    max_bytes: int = MAX_FILE_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """The file's text with ``\\n`` line ends. Raises :class:`qa.errors.DocumentError`."""
        for magic, what, suffix in _FOREIGN:
            if data.startswith(magic):
                hint = f"把扩展名改为 {suffix} 后重试，或另存为 UTF-8 文本" if suffix else "请从资料文件夹中移走"
                raise DocumentError(f"{name} 不是文本文件", reason=f"内容是{what}", hint=hint)
        decoded = decode(data)
        if decoded is None or _is_binary(decoded.text):
            raise DocumentError(
                f"{name} 不是文本文件",
                reason="内容含有大量二进制数据或编码无法识别",
                hint="用原软件打开后另存为 UTF-8 文本",
            )
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise DocumentError(f"{name} 是空文件", reason="文件里没有文字", hint="补上内容，或从资料文件夹中移走")
        return Loaded(text, decoded.encoding, tuple(_warnings(text, decoded.encoding, decoded.bad_bytes)))


def _is_binary(text: str) -> bool:
    if "\x00" in text:
        return True
    sample = text[:100_000]
    controls = sum(c < " " and c not in _ALLOWED_CONTROLS for c in sample)
    return controls > _MAX_CONTROL_SHARE * len(sample)


def _warnings(text: str, encoding: str, bad_bytes: int) -> list[str]:
    found = []
    if not encoding.startswith("utf-8"):
        found.append(f"按 {encoding.upper()} 编码读取，请核对有无乱码；建议另存为 UTF-8")
    if bad_bytes:
        found.append(f"有 {bad_bytes} 处字节无法解码，已用 � 代替")
    elif "\ufffd" in text:
        found.append(f"原文含有 {text.count(chr(0xFFFD))} 个 �，可能已经丢失文字")
    if any(mark in text for mark in _GARBLED):
        found.append("文字疑似乱码，请检查原文件的编码")
    return found
