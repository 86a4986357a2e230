"""What the system complains of, in the office's words."""

from __future__ import annotations

import errno

import pytest

from hydesk.domain.errors import in_use, lacks_room, machine_sentence, system_words


def _windows(number: int) -> OSError:
    error = OSError(errno.EACCES, "denied")
    error.winerror = number  # type: ignore[attr-defined]
    return error


class SerialisationError(Exception):
    """As lxml names its own."""


@pytest.mark.parametrize(("error", "words"), [
    (OSError(errno.ENOENT, ""), "找不到"), (OSError(errno.EACCES, ""), "没有权限"), (OSError(9999, ""), "系统错误 9999"), (ValueError("x"), "系统没有说明原因"),
    (_windows(32), "正被另一个程序使用"), (_windows(112), "磁盘空间不足"), (_windows(9998), "没有权限"), (OSError("x"), "系统没有说明原因")])
def test_the_system_in_chinese(error: BaseException, words: str) -> None:
    assert system_words(error) == words


def test_a_file_in_use_is_told_from_a_missing_right() -> None:
    assert [in_use(e) for e in (_windows(32), _windows(33), OSError(errno.EBUSY, ""), OSError(errno.EACCES, ""), ValueError())] == [
        True, True, True, False, False]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, ""), OSError(errno.EFBIG, ""), SerialisationError(), ValueError("database or disk is full"),
                                   RuntimeError("磁盘空间不足，写不了")])
def test_a_disk_without_room_is_known_by_what_brought_the_error_about(error: Exception) -> None:
    outer = ValueError("outer")
    outer.__cause__ = error
    beside = ValueError("beside")
    beside.__context__ = error
    assert (lacks_room(error), lacks_room(outer), lacks_room(beside)) == (True, True, True)


def test_other_errors_do_not_lack_room_however_deep() -> None:
    assert not lacks_room(OSError(errno.EACCES, ""))
    chain: BaseException = OSError(errno.ENOSPC, "")
    for depth in range(1, 9):
        outer = ValueError("x")
        outer.__cause__ = chain
        chain = outer
        assert lacks_room(chain) is (depth < 8)
    turning = ValueError("x")
    turning.__context__ = other = ValueError("y")
    other.__context__ = turning
    assert not lacks_room(turning)


@pytest.mark.parametrize(("error", "said"), [
    (SerialisationError(), "临时文件夹写不了"), (OSError(errno.ENOSPC, ""), "磁盘空间不足，"), (_windows(32), "正被另一个程序使用"), (OSError(errno.EACCES, ""), "没有权限写入"),
    (OSError(errno.EROFS, ""), "没有权限写入"), (OSError(errno.EIO, ""), "磁盘或网络驱动器出错"), (OSError(errno.ENODEV, ""), "磁盘或网络驱动器出错")])
def test_the_machines_faults_are_said_with_what_to_do(error: BaseException, said: str) -> None:
    sentence = machine_sentence(error)
    assert sentence is not None
    assert said in sentence
    assert "台账没有改动" in sentence


def test_a_fault_of_the_program_is_not_the_machines() -> None:
    assert machine_sentence(ValueError("x")) is machine_sentence(OSError(errno.ENOENT, "")) is None
