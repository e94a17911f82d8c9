"""The bytes of a file, or a clear reason why there are none."""

from __future__ import annotations

import stat
from pathlib import Path

from qa.errors import DocumentError

MAX_FILE_BYTES = 32 * 1024 * 1024


def file_bytes(path: Path, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Everything in the file at ``path``.

    Raises :class:`qa.errors.DocumentError` with name, reason and next step: missing, dangling link, folder, no
    permission, empty, larger than ``max_bytes``.
    """
    name = path.name
    try:
        if path.is_symlink() and not path.exists():
            raise DocumentError(f"{name} 打不开", reason="链接指向的文件不存在", hint="修复或删除这个链接")
        if path.is_dir():
            raise DocumentError(f"{name} 打不开", reason="这是文件夹，不是文件", hint="指定文件夹里的文件")
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # a pipe would be waited for, a device never ends
            raise DocumentError(f"{name} 打不开", reason="这是管道、设备或套接字，不是文件", hint="从资料文件夹中移走")
        size = about.st_size
        if size > max_bytes:
            limit, actual = max_bytes // 1024**2, size / 1024**2
            raise DocumentError(
                f"{name} 太大", reason=f"文件 {actual:.1f} MB，上限 {limit} MB", hint="拆成几个文件后再放入资料文件夹"
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"{name} 打不开", reason="文件不存在", hint="检查路径") from error
    except PermissionError as error:
        raise DocumentError(
            f"{name} 打不开", reason="没有读取权限", hint="给当前用户加上读权限，如 chmod u+r"
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError(f"{name} 打不开", reason=f"系统错误：{reason}", hint="检查磁盘和文件后重试") from error
    if not data:
        raise DocumentError(f"{name} 是空文件", reason="文件大小为 0", hint="补上内容，或从资料文件夹中移走")
    return data
