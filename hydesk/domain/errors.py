"""Errors that reach the user as one clear sentence in Chinese: what, where, what to do."""

from __future__ import annotations

import errno


class HydeskError(Exception):
    """Something outside the program is wrong: a file, a folder, a ledger. ``str(e)`` is the sentence to show."""


class OnlyToLook(HydeskError):
    """The ledger is not to be written to as it stands, but may be opened for looking."""


class Cancelled(Exception):
    """The user cancelled the work in hand; everything is left as it was before it began."""


_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", -1), errno.EFBIG)


def lacks_room(error: BaseException) -> bool:
    """Whether ``error``, or what brought it about, is a disk without room."""
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return False
        if isinstance(seen, OSError) and seen.errno in _NO_ROOM:
            return True
        if type(seen).__name__ == "SerialisationError" or "磁盘空间不足" in str(seen) or "disk is full" in str(seen):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def machine_sentence(error: BaseException) -> str | None:
    """A sentence where ``error`` is the machine's fault (no room, no right, a drive that is gone), else None.

    The writer of workbooks keeps its pages in temporary files; where those cannot be written it raises an error of
    lxml's, told by its name, since that library is not asked for here.
    """
    if type(error).__name__ == "SerialisationError":
        return "写文件时磁盘空间不足，或临时文件夹写不了，这一步没有做成，台账没有改动。请清理磁盘后再试。"
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return "磁盘空间不足，这一步没有做成，台账没有改动。请清理磁盘后再试。"
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "没有权限写入所选的位置或临时文件夹，这一步没有做成，台账没有改动。请换一个位置再试。"
    if isinstance(error, OSError) and error.errno in (errno.EIO, errno.ENXIO, errno.ENODEV, getattr(errno, "ESTALE", -1)):
        return "磁盘或网络驱动器出错，这一步没有做成，台账没有改动。请检查磁盘或网络后再试。"
    return None
