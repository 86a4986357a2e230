"""returns import, list, undo and board on a small ledger."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.cli.command_line import GOOD_ROWS, CommandLine, write_return
from tests.cli.test_ledger_commands import cells


def test_a_clean_return_is_taken_in(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    done, result = with_projects.json("returns", "import", path, "--period", "2023-06")
    assert done.status == 0, done.err
    assert result["schema"] == "hydesk.returns/1"
    assert result["period"] == "2023-06"
    [entry] = result["files"]
    assert set(entry) == {"file", "sha256", "unit", "status", "sheets", "rows", "findings"}
    assert (entry["file"], entry["unit"], entry["status"]) == ("衡南县6月.xlsx", "衡南县", "applied")
    assert len(entry["sha256"]) == 64
    [sheet] = entry["sheets"]
    assert (sheet["sheet"], sheet["used"], sheet["why"], sheet["header_rows"]) == ("6月", True, None, [3])
    column = next(c for c in sheet["columns"] if c["column"] == "F")
    assert column == {"column": "F", "header": "6月完成投资", "field": "month_investment", "unit": "万元"}
    row = entry["rows"][1]
    assert (row["sheet"], row["row"], row["project"], row["match"], row["applied"]) == ("6月", 5, "HY2023-002", "code", True)
    assert row["values"]["year_investment"] == 55_005_000
    assert row["cells"]["year_investment"] == "G5"
    assert row["values"]["problem_text"] == "资金缺口较大"


def test_a_rows_error_does_not_stop_the_others(with_projects: CommandLine) -> None:
    rows = [*GOOD_ROWS[:2], (3, "HY2023-003", "车江街道标准厂房项目", 15000, 5000, -20, 100, "施工中", None)]
    path = write_return(with_projects.folder / "衡南县6月.xlsx", rows)
    done, result = with_projects.json("returns", "import", path, "--period", "2023-06")
    assert done.status == 1
    [entry] = result["files"]
    assert entry["status"] == "partly_applied"
    assert [row["applied"] for row in entry["rows"]] == [True, True, False]
    error = next(f for f in entry["findings"] if f["level"] == "error")
    assert set(error) == {"level", "code", "sheet", "row", "cell", "column", "project", "message"}
    assert (error["sheet"], error["row"], error["cell"], error["project"]) == ("6月", 6, "F6", "HY2023-003")


def test_a_dry_run_writes_nothing(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    done, result = with_projects.json("returns", "import", path, "--period", "2023-06", "--dry-run")
    assert done.status == 0
    assert result["files"][0]["status"] == "dry_run"
    assert "还没有收到报表" in with_projects("returns", "list", "--period", "2023-06").err


def test_the_same_file_again_changes_nothing(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    with_projects("returns", "import", path, "--period", "2023-06")
    content = with_projects("returns", "list").out
    done, result = with_projects.json("returns", "import", path, "--period", "2023-06")
    assert done.status == 0
    assert result["files"][0]["status"] == "unchanged"
    assert with_projects("returns", "list").out == content


def test_undo_brings_everything_back(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    before, after = with_projects.folder / "前.xlsx", with_projects.folder / "后.xlsx"
    with_projects("ledger", "export", before)
    with_projects("returns", "import", path, "--period", "2023-06")
    assert with_projects("returns", "undo", "2").status == 0
    with_projects("ledger", "export", after)
    assert cells(before) == cells(after)
    assert "已撤销" in with_projects("returns", "list").out
    assert with_projects("returns", "undo", "99").status == 3
    _, result = with_projects.json("returns", "import", path, "--period", "2023-06")
    assert result["files"][0]["status"] == "applied"


def test_the_board_shows_who_has_not_reported(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    with_projects("returns", "import", path, "--period", "2023-06")
    done = with_projects("returns", "board", "--period", "2023-06")
    assert done.status == 0
    lines = {line.split()[0]: line.split()[1] for line in done.out.splitlines()[1:]}
    assert lines["衡南县"] == "已入库"
    assert lines["衡东县"] == "未报"


def test_folders_and_archives_are_opened(with_projects: CommandLine) -> None:
    folder = with_projects.folder / "收到的"
    folder.mkdir()
    path = write_return(folder / "衡南县6月.xlsx")
    (folder / "~$衡南县6月.xlsx").write_bytes(b"lock")
    row = (1, "HY2023-004", "洣水镇人民医院住院楼项目", 9000, 2500, 200, 1200, "封顶", None)
    other = write_return(with_projects.folder / "衡东县6月.xlsx", [row], "衡东县")
    archive = with_projects.folder / "一包.zip"
    with zipfile.ZipFile(archive, "w") as pack:
        pack.write(other, other.name)
    done, result = with_projects.json("returns", "import", folder, archive, "--period", "2023-06")
    taken = {f["file"].rsplit("/", 1)[-1]: f["status"] for f in result["files"]}
    assert taken[path.name] == "applied", done.err
    assert taken[other.name] == "applied"
    assert done.status == 0


def test_an_unknown_unit_or_number_is_refused(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    done = with_projects("returns", "import", path, "--period", "2023-06", "--unit", "没有这个县")
    assert done.status in (1, 3)
    assert "没有这个县" in done.err


def test_figures_kept_from_a_file_named_by_its_folder(with_projects: CommandLine) -> None:
    """Names with spaces, brackets and Chinese arrive whole."""
    folder = with_projects.folder / "6月 报表（终稿）"
    folder.mkdir()
    path: Path = write_return(folder / "衡南县 6月(1).xlsx")
    _, result = with_projects.json("returns", "import", path, "--period", "2023-06")
    assert result["files"][0]["file"] == "衡南县 6月(1).xlsx"


def test_a_unit_that_nobody_knows_is_refused_and_a_short_name_is_understood(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "6月.xlsx")
    wrong = with_projects("returns", "import", path, "--period", "2023-06", "--unit", "衡难县")
    assert (wrong.status, "衡南县" in wrong.err) == (3, True)
    assert "衡难县" not in with_projects("returns", "board", "--period", "2023-06").out
    done, result = with_projects.json("returns", "import", path, "--period", "2023-06", "--unit", "衡南")
    assert (done.status, result["files"][0]["unit"]) == (0, "衡南县")


def test_the_same_file_for_another_unit_is_not_the_same_return(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "6月.xlsx")
    _, first = with_projects.json("returns", "import", path, "--period", "2023-06", "--unit", "衡东县")
    _, second = with_projects.json("returns", "import", path, "--period", "2023-06", "--unit", "衡南县")
    assert [r["files"][0]["status"] for r in (first, second)] == ["partly_applied", "applied"]


def test_a_number_that_is_none_is_wrong_usage(with_projects: CommandLine) -> None:
    for number in ("0", "x", "99999999999", "9" * 30):
        done = with_projects("returns", "undo", number)
        assert (done.status, number in done.err) == (2, True)
