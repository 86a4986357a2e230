"""What is no plain file, and what is too much at once, is told in words and read by nobody."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.excel import limits
from hydesk.excel.collect import collect
from hydesk.services.returns.read_return import read_content


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are a file system's")
def test_a_pipe_or_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    for path in (tmp_path / "管道.xlsx", Path("/dev/zero")):
        assert "不是普通文件" in (collect([path])[0].problem or "")
        with pytest.raises(HydeskError, match="不是普通文件"):
            read_content(path)


@pytest.mark.parametrize("name", ["长" * 300, "a\0b"])
def test_a_name_no_file_can_have_is_told(name: str, tmp_path: Path) -> None:
    assert collect([tmp_path / name])[0].problem
    with pytest.raises(HydeskError):
        read_content(tmp_path / name)


def test_a_member_whose_packed_bytes_are_broken_does_not_stop_the_others(tmp_path: Path) -> None:
    content = bytearray(zipped({"甲.csv": os.urandom(50) + b"a,b\n" * 500, "乙.csv": b"a,b,c"}))
    content[60:90] = b"\xff" * 30
    (tmp_path / "压缩.zip").write_bytes(content)
    first, second = collect([tmp_path / "压缩.zip"])
    assert "已损坏" in (first.problem or "")
    assert second.content == b"a,b,c"


def test_more_than_memory_holds_is_left_for_another_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TOGETHER_BYTES", 10)
    for n, size in enumerate((6, 6, 3)):
        (tmp_path / f"{n}.csv").write_bytes(b"x" * size)
    found = collect([tmp_path])
    assert [bool(s.problem) for s in found] == [False, True, False]
