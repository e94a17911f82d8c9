"""Zipped XML documents (.docx and its like), opened with bounds: no bombs, no entities, no trust in what a header says."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from qa.errors import DocumentError
from qa.reading.loaders.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FREE_BYTES

if TYPE_CHECKING:
    from lxml import etree

_CHUNK = 1 << 16


class Package:
    """A zipped document's parts. Every error is a :class:`qa.errors.DocumentError` that names the file."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise self._damaged("压缩结构损坏或被截断") from error
        if len(infos) > MAX_MEMBERS:
            raise self._refused(f"内有 {len(infos)} 个部件，上限 {MAX_MEMBERS}")
        total = sum(info.file_size for info in infos)
        if total > MAX_UNPACKED_BYTES:
            raise self._refused(f"解压后 {total / 1024**2:.0f} MB，上限 {MAX_UNPACKED_BYTES // 1024**2} MB")
        for info in infos:
            if (
                info.filename.endswith((".xml", ".rels"))
                and info.file_size > RATIO_FREE_BYTES
                and info.file_size > MAX_RATIO * info.compress_size
            ):
                raise self._refused(f"部件 {info.filename} 的压缩比超过 {MAX_RATIO}，疑似压缩炸弹")
        self._infos = {info.filename.lstrip("/"): info for info in infos}

    @property
    def parts(self) -> list[str]:
        """The names of the parts, in the order of the file."""
        return list(self._infos)

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    def read(self, part: str, max_bytes: int) -> bytes:
        """The bytes of a part that is there; unpacking stops at ``max_bytes``, whatever the header says."""
        info = self._infos[part]
        if info.flag_bits & 0x1:
            raise DocumentError(
                f"{self._name} 有密码，无法读取", reason="部件已加密", hint="用原软件打开，去掉密码后另存一份"
            )
        bound = min(max_bytes, max(RATIO_FREE_BYTES, info.compress_size * MAX_RATIO))
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > bound:
                        raise self._refused(f"部件 {part} 解压后超过 {bound // 1024**2} MB，疑似压缩炸弹")
                    chunks.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise self._damaged(f"部件 {part} 损坏或被截断") from error
        return b"".join(chunks)

    def xml(self, part: str, max_bytes: int) -> etree._Element:
        """The root of an XML part; a document type (and with it every entity) is refused."""
        from lxml import etree

        data = self.read(part, max_bytes)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if b"<!DOCTYPE" in data:
                raise self._with_entities(part) from error
            raise self._damaged(f"部件 {part} 不是合格的 XML（{_in_short(error)}）") from error
        if root.getroottree().docinfo.doctype:
            raise self._with_entities(part)
        return root

    def _with_entities(self, part: str) -> DocumentError:
        return self._refused(f"部件 {part} 含有 DTD 实体定义，正常文档不会有")

    def _damaged(self, reason: str) -> DocumentError:
        return DocumentError(f"{self._name} 已损坏", reason=reason, hint="用原软件打开后另存一份，或换一份完好的文件")

    def _refused(self, reason: str) -> DocumentError:
        return DocumentError(
            f"{self._name} 不予读取", reason=reason, hint="核对文件来源；确属正常文档时，用原软件另存一份"
        )


def _in_short(error: Exception) -> str:
    return str(error).split(", line")[0][:80]
