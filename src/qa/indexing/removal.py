"""Taking a document out of the corpus without losing the file."""

from __future__ import annotations

from pathlib import Path

from qa.errors import DocumentError, NotFoundError

REMOVED = ".removed"


def set_aside(corpus: Path, path: str) -> Path:
    """Moves ``corpus/path`` below ``corpus/.removed`` (which is not scanned) and returns where it is now.

    An earlier file of the same name there is kept: the new one gets a number. Raises :class:`NotFoundError` when the file is not
    there and :class:`DocumentError` when it cannot be moved.
    """
    source = corpus / path
    if not source.is_file():
        raise NotFoundError(f"没有文件 {source}", reason="可能已被移走", hint="运行 qa index 更新索引")
    target = corpus / REMOVED / path
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{source.stem} ({number}){source.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as error:
        raise DocumentError(f"无法移走 {source}", reason=error.strerror or str(error), hint="检查文件夹权限") from error
    return target
