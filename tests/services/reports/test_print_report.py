from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hydesk.domain.errors import Cancelled, HydeskError
from hydesk.services.reports.print_report import print_report
from tests.reports.made import many, report_of, standing

REPORT = report_of(*many(40))
STEM = "衡阳市重点建设项目月度通报（2023年6月）"


def test_three_forms_are_written_and_substitutions_said(tmp_path: Path) -> None:
    told: list[float] = []
    printed = print_report(REPORT, tmp_path / "new", ("pdf", "docx", "xlsx"), lambda fraction, _: told.append(fraction))
    assert [p.name for p in printed] == [f"{STEM}.{form}" for form in ("pdf", "docx", "xlsx")]
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == sorted(p.name for p in printed.paths)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert all("本机没有" in s for s in printed.substitutions)


def test_a_cancelled_print_leaves_the_old_file(tmp_path: Path) -> None:
    old = tmp_path / f"{STEM}.pdf"
    old.write_bytes(b"old")

    def cancel(fraction: float, _: str) -> None:
        if fraction > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_report(REPORT, tmp_path, ("pdf",), cancel)
    assert [p.name for p in tmp_path.iterdir()] == [old.name]
    assert old.read_bytes() == b"old"


def test_what_cannot_be_written_or_printed_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(HydeskError, match="换一个文件夹"):
        print_report(REPORT, tmp_path / "file", ("pdf",))
    with pytest.raises(HydeskError, match="odt"):
        print_report(REPORT, tmp_path, ("odt",))


def test_a_report_that_disagrees_with_itself_is_not_printed(tmp_path: Path) -> None:
    wrong = replace(REPORT, annexes=report_of(standing()).annexes)
    with pytest.raises(HydeskError, match="不一致"):
        print_report(wrong, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_name_that_windows_refuses_is_made_plain(tmp_path: Path) -> None:
    named = replace(REPORT, masthead=replace(REPORT.masthead, name="周报/月报:一"))
    assert print_report(named, tmp_path, ("xlsx",))[0].name == "周报_月报_一（2023年6月）.xlsx"
