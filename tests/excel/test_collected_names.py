"""Names of files as they are received: whatever a file system or an archive holds, they can be read and kept."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from hydesk.excel.collect import collect


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_name_that_is_no_text_or_turns_round_is_received_under_one_that_can_be_read(tmp_path: Path) -> None:
    for name in (b"\xff\xe5.csv", "衡南县\u202evsc.csv".encode(), b"a\x07\nb.csv"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(b"a,b\n")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("衡\u202e阳\u200b县.csv", "a,b\n")
    names = [s.name for s in collect([tmp_path])]
    assert sorted(names) == ["__.csv", "a__b.csv", "衡_阳_县.csv", "衡南县_vsc.csv"]
    assert all(s.content for s in collect([tmp_path]))
