"""The errors users can meet, one tree.

::

    QaError                     what could not be done, why, and the next step (exit code 2, HTTP status below)
    ├── UsageError              the request itself is off: empty question, unknown style            400
    ├── NotFoundError           a document, passage or file that is not there                       404
    ├── SignInError             only for those who signed in                                        401
    ├── ForbiddenError          only for the role 管理员                                            403
    ├── TooManyRequestsError    too many in too short a time                                        429
    ├── ConflictError           somebody else changed the same thing meanwhile                      409
    ├── DocumentError           one file cannot be read; the others go through                      422
    ├── StorageFullError        the disk is full: an upload cannot be kept                          507
    ├── BusyError               too many questions wait already                                     503
    ├── SettingsError           a setting has a value that is not allowed                           500
    ├── WorkspaceError          drafts, history or feedback cannot be read or kept                  503
    ├── BackupError             an archive cannot be written, is damaged, or would overwrite          422
    ├── ModelError              the model folder is missing, damaged or of another kind             503
    │   └── StillLoadingError   it is being loaded; a little later it is there
    └── IndexError_             the index is missing, damaged, or built with another model          503
        ├── IndexMissingError   nothing has been built yet
        ├── IndexDamagedError   a checksum or the structure is wrong
        ├── IndexOutdatedError  an older program built it; the next build brings it up to date
        ├── IndexModelError     built with another model than the one set
        ├── StoreError          the vector store (Milvus) cannot be reached or did not do its part
        └── IndexBusyError      another process is writing

Every error carries three Chinese texts: ``message`` (what, with the name of the thing), ``reason`` (why) and ``hint`` (the next
step, an exact command where there is one). A bug of ours is never a :class:`QaError`; it surfaces as an ordinary exception.
"""

from __future__ import annotations


class QaError(Exception):
    """Something that was asked for cannot be done.

    ``message`` names the thing and what happened, ``reason`` says why, ``hint`` the next step; all in Chinese, ready to show.
    """

    code = "error"
    http_status = 500

    def __init__(self, message: str, *, reason: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.hint = hint

    def __str__(self) -> str:
        parts = [self.message]
        if self.reason:
            parts.append(f"原因：{self.reason}")
        if self.hint:
            parts.append(f"下一步：{self.hint}")
        return "；".join(parts)


class UsageError(QaError):
    """The request itself is off."""

    code = "usage"
    http_status = 400


class NotFoundError(QaError):
    """A named document, passage or file does not exist."""

    code = "not_found"
    http_status = 404


class ConflictError(QaError):
    """Somebody else changed the same thing meanwhile, or a name is taken; nothing was changed."""

    code = "conflict"
    http_status = 409


class SignInError(QaError):
    """Only for those who signed in."""

    code = "sign_in"
    http_status = 401


class ForbiddenError(QaError):
    """Only for another role."""

    code = "forbidden"
    http_status = 403


class TooManyRequestsError(QaError):
    """Too many requests in too short a time; after ``retry_after_s`` seconds there is room again."""

    code = "too_many"
    http_status = 429

    def __init__(self, message: str, *, reason: str = "", hint: str = "", retry_after_s: int = 60) -> None:
        super().__init__(message, reason=reason, hint=hint)
        self.retry_after_s = retry_after_s


class DocumentError(QaError):
    """One file of the corpus cannot be read."""

    code = "document"
    http_status = 422


class StorageFullError(QaError):
    """The disk is full."""

    code = "storage_full"
    http_status = 507


class BusyError(QaError):
    """Too many questions wait for their turn; nothing was done."""

    code = "busy"
    http_status = 503


class SettingsError(QaError):
    """A setting has a value that is not allowed."""

    code = "settings"


class WorkspaceError(QaError):
    """What people made (drafts, history, feedback) cannot be read or kept."""

    code = "workspace"
    http_status = 503


class BackupError(QaError):
    """A backup cannot be written or put back; what is there is untouched."""

    code = "backup"
    http_status = 422


class ModelError(QaError):
    """The embedding model or the reader cannot be loaded."""

    code = "model"
    http_status = 503


class StillLoadingError(ModelError):
    """The model is being loaded; whoever asks again a little later is answered."""

    code = "loading"


class IndexError_(QaError):
    """The index cannot be used."""

    code = "index"
    http_status = 503


class IndexMissingError(IndexError_):
    """No index has been built yet."""

    code = "index_missing"


class IndexDamagedError(IndexError_):
    """The index on disk is not what was written."""

    code = "index_damaged"


class IndexOutdatedError(IndexError_):
    """An older program built the index."""

    code = "index_outdated"


class IndexModelError(IndexError_):
    """The index was built with another model than the one set now."""

    code = "index_model"


class StoreError(IndexError_):
    """The vector store beside the index (Milvus) cannot be reached, or did not do its part."""

    code = "store"


class IndexBusyError(IndexError_):
    """Another process is building the index."""

    code = "index_busy"
    http_status = 409
