"""ledger roll-over and --as-of: the same acts without a window."""

from __future__ import annotations

from datetime import date

from openpyxl import load_workbook

from tests.cli.command_line import CommandLine


def test_a_year_is_looked_at_and_then_rolled_over(with_projects: CommandLine) -> None:
    looked = with_projects("ledger", "roll-over", "--year", "2023", "--dry-run")
    assert looked.status == 1, looked.err
    assert "结转 4 项，总投资 74,000.00 万元" in looked.err
    assert "2023年没有完成投资的数字，按 0 结转" in looked.out
    done = with_projects("ledger", "roll-over", "--year", "2023", "--leave-out", "HY2023-004", "--with-plans")
    assert "已结转 3 个项目到2024年，合计核对一致。结转前的备份：" in done.err
    out = with_projects.folder / "2024.xlsx"
    assert with_projects("ledger", "export", out, "--year", "2024").status == 0
    rows = list(load_workbook(out).worksheets[0].iter_rows(values_only=True))
    assert [r[0] for r in rows[1:]] == ["HY2023-001", "HY2023-002", "HY2023-003"]
    refused = with_projects("ledger", "roll-over", "--year", "2023", "--leave-out", "HY2023-999")
    assert refused.status == 3
    assert "HY2023-999" in refused.err


def test_a_past_day_is_looked_at_but_not_written(with_projects: CommandLine) -> None:
    today, out = date.today().isoformat(), with_projects.folder / "那天.xlsx"
    assert with_projects("--as-of", today, "ledger", "export", out).status == 0
    assert out.exists()
    early = with_projects("--as-of", "2001-01-01", "ledger", "export", out)
    assert early.status == 3
    assert "还没有任何内容" in early.err
    written = with_projects("--as-of", today, "ledger", "roll-over", "--year", "2023")
    assert written.status == 3
    assert "只读" in written.err
    taken = with_projects("--as-of", today, "ledger", "import", out, "--year", "2023")
    assert taken.status == 3
    assert with_projects("--as-of", today, "check").status == 2
