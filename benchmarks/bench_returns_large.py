"""Long returns: how time grows from 388 to 38,800 rows, and the peak memory of a 100,000-row workbook."""

from __future__ import annotations

import io
import json
import multiprocessing
import time
from pathlib import Path

from measuring import peak_mb, report
from openpyxl import Workbook

from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures, ReportingUnit
from hydesk.excel.read import read_book
from hydesk.returns.differences import differences
from hydesk.returns.pipeline import understand
from hydesk.returns.project_list import understand_project_list

LEDGER = Path(__file__).resolve().parent.parent / "tests" / "samples" / "tidy" / "ledger.xlsx"
HEAD = ["序号", "项目名称", "县市区", "总投资（万元）", "年度计划投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）", "形象进度"]


def ledger(times: int) -> LedgerSnapshot:
    """The sample ledger ``times`` over, each copy's names told apart by a number."""
    listed = understand_project_list(read_book(LEDGER.read_bytes(), LEDGER.name), 2023).projects
    projects = []
    for copy in range(times):
        for p in listed:
            v = p.values
            mark = f"{copy}号地块" if copy else ""
            plan = v[Field.ANNUAL_PLAN]
            assert isinstance(plan, int)
            may = PeriodFigures(Period.month(2023, 5), {Field.MONTH_INVESTMENT: plan // 1300 * 100, Field.YEAR_INVESTMENT: plan // 300 * 100})
            projects.append(KnownProject(
                f"{v[Field.CODE]}-{copy}", f"{v[Field.NAME]}{mark}", str(v[Field.REPORTING_UNIT]),
                total_investment=v[Field.TOTAL_INVESTMENT], invested_before=v[Field.INVESTED_BEFORE], annual_plan=plan, previous=may))  # type: ignore[arg-type]
    units = tuple(ReportingUnit(u) for u in dict.fromkeys(p.unit for p in projects))
    return LedgerSnapshot(2023, Period.month(2023, 6), units, tuple(projects))


def workbook(snapshot: LedgerSnapshot, rows: int) -> bytes:
    """A June return of ``rows`` rows over the snapshot's projects."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("6月")
    sheet.append(HEAD)
    for i in range(rows):
        p = snapshot.projects[i % len(snapshot.projects)]
        assert p.annual_plan is not None
        assert p.previous is not None
        assert p.total_investment is not None
        month = p.annual_plan // 1200 * 100
        year = p.previous.money[Field.YEAR_INVESTMENT] + month
        sheet.append([i + 1, p.name, p.unit, p.total_investment / 1e4, p.annual_plan / 1e4, month / 1e4, year / 1e4, f"施工至{i}层"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def once(snapshot: LedgerSnapshot, content: bytes) -> float:
    """Seconds to read, match, check and compare."""
    begun = time.perf_counter()
    understanding = understand(read_book(content, "6月.xlsx"), snapshot)
    differences(understanding, snapshot)
    return time.perf_counter() - begun


def peak_of(content: bytes) -> int:
    """Peak memory in MB of a process that reads ``content`` and nothing else."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (content,))


def _peak(content: bytes) -> int:
    understand(read_book(content, "6月.xlsx"), ledger(1))
    return peak_mb()


def main() -> None:
    small, large = ledger(1), ledger(100)
    few = workbook(small, 388)
    base = min(once(small, few) for _ in range(5))
    long = once(large, workbook(large, 38_800))
    report("38,800 行的报表读懂、核对、比对", long, base, "388 行的报表", most=110 * base)
    peak = peak_of(workbook(small, 99_999))  # and the head
    print(json.dumps({"what": "100,000 行的工作簿", "peak_mb": peak, "most": 600, "within": peak <= 600}, ensure_ascii=False))


if __name__ == "__main__":
    main()
