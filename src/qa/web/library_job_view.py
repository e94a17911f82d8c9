"""From a job to what is shown of it, on its page and in the API."""

from __future__ import annotations

from typing import Any

from qa.indexing.jobs import FileState, Job, JobFile, JobKind, JobState
from qa.web.addresses import document_page
from qa.web.library_contexts import FileRow, JobLink, JobView

KIND_NAMES = {
    JobKind.UPLOAD: "上传",
    JobKind.REMOVE: "移走",
    JobKind.RESTORE: "放回",
    JobKind.REREAD: "重新读取",
    JobKind.CORRECT: "更正信息",
    JobKind.UPDATE: "更新索引",
}
JOB_NAMES = {
    JobState.WAITING: "排队中",
    JobState.RUNNING: "进行中",
    JobState.DONE: "完成",
    JobState.FAILED: "没有完成",
    JobState.CANCELLED: "已停止",
}
FILE_NAMES = {
    FileState.WAITING: "等待",
    FileState.READING: "读取中",
    FileState.EMBEDDING: "已读，计算向量",
    FileState.DONE: "已读",
    FileState.WARNINGS: "有提醒",
    FileState.FAILED: "没读成",
    FileState.REFUSED: "没有收下",
    FileState.CONFLICT: "同名，等您决定",
    FileState.SAME: "没有变化",
    FileState.CANCELLED: "已停止",
    FileState.GONE: "已移走",
}
_STAGE_NAMES = {
    "prepare": "准备",
    "read": "读取文档",
    "embed": "计算向量",
    "store": "放入向量库",
    "publish": "切换索引",
}


def job_address(job: Job) -> str:
    """The job's own page."""
    return f"/library/jobs/{job.id}"


def job_name(job: Job) -> str:
    """上传 3 个文件，移走 甲.txt，更新索引."""
    if not job.files:
        return KIND_NAMES[job.kind]
    return f"{KIND_NAMES[job.kind]} " + (f"{len(job.files)} 个文件" if len(job.files) > 1 else job.files[0].path)


def job_link(job: Job) -> JobLink:
    return JobLink(job_address(job), job.id, job_name(job), _state_name(job), not job.ended)


def job_view(job: Job) -> JobView:
    removed = job.files[0].kept if job.kind is JobKind.REMOVE and job.files else ""
    return JobView(
        id=job.id,
        name=job_name(job),
        state=str(job.state),
        state_name=_state_name(job),
        line=_line(job),
        hint=job.hint,
        percent=_percent(job),
        files=tuple(_file(number, file) for number, file in enumerate(job.files)),
        ended=job.ended,
        can_retry=job.ended and (job.state is not JobState.DONE or any(_may_retry(file) for file in job.files)),
        kept=removed,
    )


def job_shape(job: Job) -> dict[str, Any]:
    """A job as the API gives it."""
    return {
        "id": job.id,
        "kind": str(job.kind),
        "state": str(job.state),
        "stage": job.stage or None,
        "done": job.done,
        "total": job.total,
        "message": job.message or None,
        "hint": job.hint or None,
        "version": job.version,
        "files": [
            {
                "path": file.path,
                "state": str(file.state),
                "messages": list(file.messages),
                "passages": file.passages,
                "document_id": file.document_id or None,
                "kept": file.kept or None,
            }
            for file in job.files
        ],
        "url": job_address(job),
    }


def _state_name(job: Job) -> str:
    if job.state is JobState.DONE and job.undecided:
        return "等您决定"
    return JOB_NAMES[job.state]


def _line(job: Job) -> str:
    if job.message:
        return job.message
    if job.state is JobState.RUNNING:
        stage = _STAGE_NAMES.get(job.stage, "")
        return f"{stage} {job.done}/{job.total}" if job.stage in ("read", "embed", "store") and job.total else stage
    return ""


def _percent(job: Job) -> int | None:
    """Reading is the first third, vectors the rest: that is about how long they take."""
    if job.state is not JobState.RUNNING or not job.stage or job.stage == "prepare":
        return 100 if job.state is JobState.DONE else None
    if job.stage in ("store", "publish"):
        return 99
    share = job.done / job.total if job.total else 1.0
    return round(33 * share) if job.stage == "read" else 33 + round(66 * share)


def _may_retry(file: JobFile) -> bool:
    return file.state in (FileState.FAILED, FileState.CANCELLED)


def _file(number: int, file: JobFile) -> FileRow:
    detail = f"{file.passages} 段" if file.passages else ""
    readable = file.document_id and file.state in (FileState.DONE, FileState.WARNINGS)
    return FileRow(
        number=number,
        name=file.path,
        state=str(file.state),
        state_name=FILE_NAMES[file.state],
        messages=file.messages,
        detail=detail,
        url=document_page(file.document_id) if readable else "",
        undecided=file.state is FileState.CONFLICT,
    )
