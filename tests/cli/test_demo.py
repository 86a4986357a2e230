"""hydesk demo and hydesk report: the whole way without a window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.command_line import LIST_HEAD, PROJECTS, CommandLine, write_book


def text_of(path: Path) -> str:
    """The words of a PDF without blanks and line ends."""
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    line = CommandLine(tmp_path_factory.mktemp("demo"))
    done = line("demo", "--out", "out")
    assert done.status == 0, done.err
    assert "388 个项目" in done.err
    return line


def test_it_leaves_returns_of_both_months_and_a_report(demo: CommandLine) -> None:
    returns = demo.folder / "out" / "收报"
    assert len(list((returns / "2023-05").iterdir())) == 19
    assert len(list((returns / "2023-06").iterdir())) == 18
    assert {p.suffix for p in returns.rglob("*.*") if p.is_file()} == {".xlsx", ".xls", ".csv"}
    [report] = (demo.folder / "out").glob("*.pdf")
    text = text_of(report)
    for words in ("388", "3514.6", "1005.3", "演示数据", "南岳区"):
        assert words in text


def test_the_ledger_is_there_to_go_on_with(demo: CommandLine) -> None:
    board = demo("returns", "board", "--period", "2023-06")
    assert "未报" in board.out
    assert demo("check").status == 0
    assert demo("ledger", "export", "台账.xlsx").status == 0


@pytest.mark.parametrize(("kind", "period"), [("weekly", "2023-W26"), ("monthly", "2023-05")])
def test_reports_are_printed_from_it(demo: CommandLine, kind: str, period: str) -> None:
    done = demo("report", kind, "--period", period, "--out", f"报告{kind}")
    # One unit has not reported for June, and nobody for the week: the paper is made, and it is said.
    missing = {"2023-05": "", "2023-06": "1个单位未报：南岳区（按5月底）"}.get(period, "尚无单位报送投资数")
    assert done.status == (1 if missing else 0), done.err
    assert missing in done.err
    [path] = (demo.folder / f"报告{kind}").glob("*.pdf")
    assert "388" in text_of(path)


def test_a_year_without_projects_has_no_report(demo: CommandLine) -> None:
    done = demo("report", "monthly", "--period", "2031-05", "--out", "无")
    assert done.status == 3
    assert "2031" in done.err
    assert not list(demo.folder.glob("无/*.pdf"))


def test_a_demonstration_is_made_anew_but_work_is_never_overwritten(demo: CommandLine, hydesk: CommandLine) -> None:
    shutil.copytree(demo.folder, hydesk.folder, dirs_exist_ok=True)
    assert hydesk("demo", "--out", "out").status == 0
    path = write_book(hydesk.folder / "自己的清单.xlsx", [LIST_HEAD, *PROJECTS])
    hydesk("ledger", "import", path, "--year", "2024")
    listed = hydesk("returns", "list").out
    assert "自己的清单" in listed
    assert hydesk("demo", "--out", "out").status == 3
    assert hydesk("returns", "list").out == listed
