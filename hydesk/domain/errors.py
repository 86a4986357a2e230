"""Errors that reach the user as one clear sentence in Chinese: what, where, what to do."""

from __future__ import annotations

import errno


class HydeskError(Exception):
    """Something outside the program is wrong: a file, a folder, a ledger. ``str(e)`` is the sentence to show."""


class OnlyToLook(HydeskError):
    """The ledger is not to be written to as it stands, but may be opened for looking."""


class RefusedLogin(HydeskError):
    """A server does not know this user or takes another password."""


class ServerFailed(HydeskError):
    """A server cannot be reached any more, does not answer or has no room: what was to be written may be written later."""

    def __init__(self, said: str, *, unsure: bool = False) -> None:
        super().__init__(said)
        self.unsure = unsure
        """Whether it may have been written all the same: the answer to the commit did not come."""


class Cancelled(Exception):
    """The user cancelled the work in hand; everything is left as it was before it began."""


_IN_USE = "正被另一个程序使用"
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


_WINDOWS_WORDS = {
    2: "找不到", 3: "找不到所在的文件夹", 5: "没有权限", 15: "找不到这个磁盘", 19: "磁盘写保护", 21: "磁盘没有就绪", 32: _IN_USE, 33: _IN_USE,
    39: "磁盘空间不足", 53: "网络位置连不上", 55: "网络位置连不上", 59: "网络出错", 64: "网络断开了", 65: "网络位置没有权限", 67: "找不到网络位置",
    80: "已经存在", 112: "磁盘空间不足", 121: "网络没有响应", 123: "名称不对", 145: "文件夹不是空的", 183: "已经存在", 206: "路径太长",
    223: "文件太大", 267: "上级不是文件夹", 1224: _IN_USE, 1920: "没有权限或不在本机上", 1231: "网络位置连不上", 1392: "磁盘上的内容已损坏"}
_POSIX_WORDS = {
    errno.ENOENT: "找不到", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EROFS: "磁盘是只读的", errno.ENOSPC: "磁盘空间不足",
    getattr(errno, "EDQUOT", -1): "磁盘配额用完了", errno.EFBIG: "文件太大", errno.EEXIST: "已经存在", errno.ENOTDIR: "上级不是文件夹", errno.EISDIR: "是文件夹",
    errno.ENAMETOOLONG: "名称太长", errno.EINVAL: "名称不对", errno.EBUSY: _IN_USE, getattr(errno, "ETXTBSY", -1): _IN_USE, errno.EIO: "磁盘出错",
    errno.ENXIO: "磁盘出错", errno.ENODEV: "磁盘不在了", errno.ENOTEMPTY: "文件夹不是空的", errno.ELOOP: "链接绕成了圈", errno.EMFILE: "打开的文件太多",
    getattr(errno, "ESTALE", -1): "网络位置变了", errno.ETIMEDOUT: "网络没有响应", getattr(errno, "EHOSTDOWN", -1): "网络位置连不上", errno.ENOTCONN: "网络断开了"}


def system_words(error: BaseException) -> str:
    """What the system complains of, in some Chinese words for within a sentence; the system's own are often English.

    Windows says more by its own number than by errno: a file in use elsewhere is told apart from a missing right.
    """
    number = getattr(error, "winerror", None)
    if number in _WINDOWS_WORDS:
        return _WINDOWS_WORDS[number]
    code = getattr(error, "errno", None)
    if code in _POSIX_WORDS:
        return _POSIX_WORDS[code]
    return f"系统错误 {number or code}" if number or code else "系统没有说明原因"


def in_use(error: BaseException) -> bool:
    """Whether another program has the file open in a way that stands against what was to be done."""
    return system_words(error) == _IN_USE


def machine_sentence(error: BaseException) -> str | None:
    """A sentence where ``error`` is the machine's fault (no room, no right, a drive that is gone), else None.

    The writer of workbooks keeps its pages in temporary files; where those cannot be written it raises an error of
    lxml's, told by its name, since that library is not asked for here.
    """
    if type(error).__name__ == "SerialisationError":
        return "写文件时磁盘空间不足，或临时文件夹写不了，这一步没有做成，台账没有改动。请清理磁盘后再试。"
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return "磁盘空间不足，这一步没有做成，台账没有改动。请清理磁盘后再试。"
    if in_use(error):
        return "文件正被另一个程序使用，这一步没有做成，台账没有改动。请关闭那个程序再试。"
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "没有权限写入所选的位置或临时文件夹，这一步没有做成，台账没有改动。请换一个位置再试。"
    if isinstance(error, OSError) and error.errno in (errno.EIO, errno.ENXIO, errno.ENODEV, getattr(errno, "ESTALE", -1)):
        return "磁盘或网络驱动器出错，这一步没有做成，台账没有改动。请检查磁盘或网络后再试。"
    return None
