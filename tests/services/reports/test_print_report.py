from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from hydesk.domain.errors import Cancelled, HydeskError
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.services.reports.print_report import Binding, print_report
from tests.reports.made import many, report_of, standing
from tests.reports.test_kinds import report as of_kind


@cache
def usual() -> Report:
    return report_of(*many(40))
STEM = "衡阳市重点建设项目月度通报（2023年6月）"


def test_three_forms_are_written_and_substitutions_said(tmp_path: Path) -> None:
    told: list[float] = []
    printed = print_report(usual(), tmp_path / "new", ("pdf", "docx", "xlsx"), lambda fraction, _: told.append(fraction))
    assert [p.name for p in printed] == [f"{STEM}.{form}" for form in ("pdf", "docx", "xlsx")]
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == sorted(p.name for p in printed.paths)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert "本机没有公文字体" in printed.substitutions  # once, whatever lacks


def test_a_cancelled_print_leaves_the_old_file(tmp_path: Path) -> None:
    old = tmp_path / f"{STEM}.pdf"
    old.write_bytes(b"old")

    def cancel(fraction: float, _: str) -> None:
        if fraction > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_report(usual(), tmp_path, ("pdf",), cancel)
    assert [p.name for p in tmp_path.iterdir()] == [old.name]
    assert old.read_bytes() == b"old"


def test_what_cannot_be_written_or_printed_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(HydeskError, match="换一个文件夹"):
        print_report(usual(), tmp_path / "file", ("pdf",))
    with pytest.raises(HydeskError, match="odt"):
        print_report(usual(), tmp_path, ("odt",))


def test_a_report_that_disagrees_with_itself_is_not_printed(tmp_path: Path) -> None:
    wrong = replace(usual(), annexes=report_of(standing()).annexes)
    with pytest.raises(HydeskError, match="不一致"):
        print_report(wrong, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_name_that_windows_refuses_is_made_plain(tmp_path: Path) -> None:
    named = replace(usual(), stem="周报/月报:一")
    assert print_report(named, tmp_path, ("xlsx",))[0].name == "周报_月报_一（2023年6月）.xlsx"


def test_the_text_goes_alone_with_its_annexes_named_apart_or_bound(tmp_path: Path) -> None:
    def text(path: Path) -> str:
        document = pypdfium2.PdfDocument(path)
        return "".join("".join(page.get_textpage().get_text_range() for page in document).split())

    titles = ["".join(a.table.title.split()) for a in usual().annexes]
    body = print_report(usual(), tmp_path / "body")
    assert body.annexes == ()
    assert all(f"{n}.{title}" in text(body[0]) for n, title in enumerate(titles, 1))
    assert "HY2023-001" not in text(body[0])
    apart = print_report(usual(), tmp_path / "apart", ("pdf", "xlsx"), binding=Binding.APART)
    assert [p.name for p in apart] == [f"{STEM}.pdf", f"{STEM}.xlsx"]
    assert apart[0].read_bytes() == body[0].read_bytes()
    assert len(apart.annexes) == 2 * len(titles)
    first, workbook = apart.annexes[:2]
    assert (first.name, workbook.suffix) == (f"{STEM}附件1 全市重点建设项目投资完成情况表.pdf", ".xlsx")
    # Not bound with the text it says of which paper it is (GB/T 9704-2012, 7.3.6).
    assert text(first).startswith(f"第期附件1{titles[0]}")
    assert "印发" not in text(first)
    [sheet] = openpyxl.load_workbook(workbook).worksheets
    assert sheet["A1"].value == usual().annexes[0].table.title
    bound = print_report(usual(), tmp_path / "bound", binding=Binding.BOUND)
    assert all(title in text(bound[0]) for title in titles)
    assert "HY2023-040" in text(bound[0])


def test_a_letter_to_a_unit_keeps_its_list_with_it(tmp_path: Path) -> None:
    letter = of_kind(ReportKind.SUPERVISION, subject="祁东县")
    assert print_report(letter, tmp_path, ("pdf",)).annexes == ()
    assert len(pypdfium2.PdfDocument(next(tmp_path.glob("*.pdf")))) > 2
