"""Old formats (.doc, .wps, .rtf) by LibreOffice: converted to .docx in an empty profile, macros off, and then read.

LibreOffice is optional: without it these files fail with a message that names it, and all others go through.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from qa.errors import DocumentError
from qa.ports import Loaded
from qa.reading.loaders.limits import MAX_BINARY_BYTES
from qa.reading.loaders.work_folder import work_folder

CONVERSION_LIMIT_S = 120.0
MAX_CONVERTED_BYTES = MAX_BINARY_BYTES
INSTALL_HINT = (
    "安装 LibreOffice（Debian/Ubuntu：apt install libreoffice-writer；其他系统：libreoffice.org），"
    "再运行 qa index --retry；或用 Word/WPS 打开后另存为 .docx"
)
_PROGRAMS = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = (b"\xdb\xa5", b"\x31\xbe", b"\xec\xa5")  # Word 2, Write, Word 95 without a compound file
# Macros never run, links are never followed.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


class OfficeLoader:
    """Reads what LibreOffice Writer opens."""

    suffixes: tuple[str, ...] = (".doc", ".wps", ".wpt", ".dot", ".rtf")
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """The words of the file, as of the .docx it converts to. Raises :class:`qa.errors.DocumentError`."""
        from qa.reading.loaders.docx import DocxLoader, encrypted

        if data.startswith(b"PK"):
            return DocxLoader().load(data, name)  # a new file under the old ending
        if _looks_like_html(data):
            from qa.reading.loaders.html import HtmlLoader

            return HtmlLoader().load(data, name)
        suffix = _true_suffix(data, name)
        if suffix == ".doc" and _is_encrypted(data):
            raise encrypted(name)
        return DocxLoader().load(convert(data, name, suffix), name)


def find_program() -> str | None:
    """The path of LibreOffice, ``None`` where it is not installed. ``QA_SOFFICE`` in the environment names another place."""
    named = os.environ.get("QA_SOFFICE")
    if named:
        return shutil.which(named)
    found = (shutil.which(program) for program in (*_PROGRAMS, *_USUAL_PLACES))
    return next((each for each in found if each), None)


def convert(data: bytes, name: str, suffix: str, limit_s: float = CONVERSION_LIMIT_S) -> bytes:
    """``data`` as .docx. Every run has its own profile: two runs in one would silently write nothing.

    Raises :class:`qa.errors.DocumentError` where LibreOffice is missing, takes longer than ``limit_s`` seconds, or cannot read
    the file. Nothing is left behind.
    """
    program = find_program()
    if program is None:
        raise DocumentError(
            f"{name} 需要 LibreOffice 才能读取", reason="本机没有找到 LibreOffice（soffice）", hint=INSTALL_HINT
        )
    with work_folder() as work:
        profile = work / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = work / f"source{suffix}"
        source.write_bytes(data)
        command = [
            program,
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(work / "out"),
            str(source),
        ]
        _run(command, work, name, limit_s)
        result = work / "out" / "source.docx"
        size = result.stat().st_size if result.is_file() else 0
        if not 0 < size <= MAX_CONVERTED_BYTES:
            raise DocumentError(
                f"{name} 读不出来",
                reason="LibreOffice 打不开它：文件可能已损坏、有密码，或不是 Word/WPS 文档",
                hint="用 Word 或 WPS 打开后另存为 .docx",
            )
        return result.read_bytes()


def _run(command: list[str], work: Path, name: str, limit_s: float) -> None:
    """Runs LibreOffice and all its children; none outlives the call."""
    environment = {**os.environ, "HOME": str(work), "TMPDIR": str(work), "SAL_USE_VCLPLUGIN": "svp"}
    environment.pop("DISPLAY", None)
    process = subprocess.Popen(
        command,
        cwd=work,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limit_s)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            f"{name} 读取超时",
            reason=f"LibreOffice 转换超过 {limit_s:.0f} 秒",
            hint="用 Word 或 WPS 打开后另存为 .docx",
        ) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends what is left of the process group: soffice is a script that starts soffice.bin."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    except AttributeError:  # not on Windows
        process.kill()
    process.wait()


def _true_suffix(data: bytes, name: str) -> str:
    """The ending that fits the content; a WPS file is a Word file by another name."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(_COMPOUND_FILE):
        if _WORD_STREAM in data:
            return ".doc"
        if _ENCRYPTED in data:
            from qa.reading.loaders.docx import encrypted

            raise encrypted(name)
        if _is_cut(data):
            raise DocumentError(
                f"{name} 已损坏", reason="文件不完整，后面的部分被截断了", hint="换一份完好的文件，或重新下载"
            )
        what = "旧版 Excel 表格" if "Workbook".encode("utf-16-le") in data else "其他旧版 Office 文件"
        raise DocumentError(f"{name} 不是 Word 文档", reason=f"内容是{what}", hint="改回原来的扩展名，或用原软件另存")
    if data[:2] in _OLD_WORD:
        return ".doc"
    raise DocumentError(
        f"{name} 不是 Word 或 WPS 文档",
        reason="内容不是它们的格式，或文件已损坏",
        hint="用 Word 或 WPS 打开后另存为 .docx",
    )


def _is_cut(data: bytes) -> bool:
    """Whether a compound file ends before its directory (MS-CFB 2.2: sector shift, first directory sector)."""
    sector_bytes = 1 << min(data[30], 16)
    directory = int.from_bytes(data[48:52], "little")
    return (directory + 1) * sector_bytes >= len(data)


def _is_encrypted(data: bytes) -> bool:
    """Whether the file information block of a Word file says so (MS-DOC, FibBase.fEncrypted)."""
    position = data.find(b"\xec\xa5")
    while position >= 0:
        block = data[position : position + 32]
        if (
            position % 512 == 0
            and len(block) == 32
            and block[2:4] in (b"\xc1\x00", b"\xd9\x00", b"\x01\x01", b"\x0c\x01", b"\x12\x01")
        ):
            return bool(int.from_bytes(block[10:12], "little") & 0x0100)
        position = data.find(b"\xec\xa5", position + 1)
    return False


def _looks_like_html(data: bytes) -> bool:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in data[:4096].lower()
