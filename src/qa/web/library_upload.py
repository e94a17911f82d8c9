"""Receiving files: a multipart body goes straight to disk, part after part; nothing is held in memory or copied twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from qa.errors import DocumentError, QaError, UsageError
from qa.indexing.intake import Intake, OnConflict, Receiving, safe_name

FILES = "files"
ON_CONFLICT = "on_conflict"
MAX_FILES = 1000
_MAX_FIELD_BYTES = 1000


@dataclass
class ReceivedFile:
    """A file of a request: either ``received`` (complete, on disk) or ``error``. ``name`` is safe, or the one given."""

    name: str
    size_bytes: int = 0
    received: Path | None = None
    error: QaError | None = None


@dataclass
class Upload:
    """What a request brought. ``cut_off``: the connection ended before the body did."""

    files: list[ReceivedFile] = field(default_factory=list)
    on_conflict: OnConflict = OnConflict.ASK
    cut_off: bool = False


async def receive_upload(request: Request, intake: Intake, batch: str, max_bytes: int) -> Upload:
    """Writes every file of a multipart request to disk. A file that cannot be taken is named and the others go through.

    Raises :class:`UsageError` when the body is no form with files.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise UsageError("没有收到文件", reason="请求不是 multipart/form-data 表单", hint="用字段名 files 上传文件")
    form = _Form(intake, batch, max_bytes)
    parser = MultipartParser(boundary, form.callbacks())  # type: ignore[arg-type]
    try:
        async for chunk in request.stream():
            await run_in_threadpool(parser.write, chunk)
        parser.finalize()
    except ClientDisconnect:
        form.upload.cut_off = True
    except FormParserError as error:
        raise UsageError("上传的内容不完整", reason="表单格式不对", hint="重新选择文件再上传") from error
    except UsageError:
        intake.discard(batch)
        raise
    finally:
        form.abandon()
    if not form.upload.files:
        intake.discard(batch)
        raise UsageError("没有收到文件", reason="没有选择文件", hint="选择文件后再上传；接口请用字段名 files")
    return form.upload


class _Form:
    """The parser's callbacks: field names and file names are collected, file bytes written as they come."""

    def __init__(self, intake: Intake, batch: str, max_bytes: int) -> None:
        self.upload = Upload()
        self._intake = intake
        self._batch = batch
        self._max_bytes = max_bytes
        self._header_name = b""
        self._header_value = b""
        self._disposition: dict[bytes, bytes] = {}
        self._value = b""
        self._file: ReceivedFile | None = None
        self._receiving: Receiving | None = None

    def callbacks(self) -> dict[str, Callable[..., None]]:
        return {
            "on_part_begin": self._part_begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value_data,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._part_data,
            "on_part_end": self._part_end,
        }

    def abandon(self) -> None:
        """Deletes a file that did not come whole."""
        if self._receiving is not None:
            self._receiving.abandon()
            self._receiving = None

    def _part_begin(self) -> None:
        self._disposition, self._value, self._file, self._receiving = {}, b"", None, None
        self._header_name = self._header_value = b""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name = (self._header_name + data[start:end])[:_MAX_FIELD_BYTES]

    def _header_value_data(self, data: bytes, start: int, end: int) -> None:
        self._header_value = (self._header_value + data[start:end])[: 8 * _MAX_FIELD_BYTES]

    def _header_end(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            self._disposition = parse_options_header(self._header_value)[1]
        self._header_name = self._header_value = b""

    def _headers_finished(self) -> None:
        raw = self._disposition.get(b"filename")
        if raw is None or self._disposition.get(b"name") != FILES.encode():
            return
        if not raw:
            return  # a form with no file chosen sends one empty part
        given = raw.decode("utf-8", "replace")
        self._file = ReceivedFile(given)
        self.upload.files.append(self._file)
        try:
            if len(self.upload.files) > MAX_FILES:
                raise UsageError(f"{given[:60]} 没有收下", reason=f"一次最多 {MAX_FILES} 个文件", hint="分几次上传")
            self._file.name = safe_name(given)
            self._receiving = self._intake.receive(self._batch, len(self.upload.files))
        except QaError as error:
            self._file.error = error

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            self._value = (self._value + data[start:end])[:_MAX_FIELD_BYTES]
        elif self._receiving is not None:
            self._write(self._file, self._receiving, data[start:end])

    def _write(self, file: ReceivedFile, receiving: Receiving, data: bytes) -> None:
        try:
            if receiving.size_bytes + len(data) > self._max_bytes:
                limit = self._max_bytes // 1024**2
                raise DocumentError(
                    f"{file.name} 太大", reason=f"上限 {limit} MB", hint="拆成几个文件，或调大 QA_MAX_UPLOAD_MB"
                )
            receiving.write(data)
        except QaError as error:
            file.error = error
            self.abandon()

    def _part_end(self) -> None:
        if self._file is None:
            if self._disposition.get(b"name") == ON_CONFLICT.encode():
                self.upload.on_conflict = _on_conflict(self._value.decode("utf-8", "replace"))
            return
        if self._receiving is not None:
            try:
                self._file.size_bytes = self._receiving.size_bytes
                self._file.received = self._receiving.finish()
                self._receiving = None
            except QaError as error:
                self._file.error = error
                self.abandon()


def _on_conflict(value: str) -> OnConflict:
    try:
        return OnConflict(value)
    except ValueError as error:
        allowed = "、".join(OnConflict)
        raise UsageError(f"on_conflict={value[:40]} 无效", reason=f"可用：{allowed}", hint="改正后再上传") from error
