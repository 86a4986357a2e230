"""A ledger that has lived ten years, made through the services as an office makes it, once, and kept under build/.

388 projects of the samples; every unit's return of every month, read and applied (2,280 in all); every year rolled over
to the next. Ten times as many projects are made of it by SQL (``large_ledger``'s way).

    python benchmarks/ten_years.py [FILE]
"""

from __future__ import annotations

import hashlib
import io
import random
import shutil
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from large_ledger import multiply_whole
from openpyxl import Workbook

from hydesk.db.migrate import REVISIONS, SCRIPTS
from hydesk.domain.fields import Field
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.know_ledger import know_ledger
from hydesk.services.returns.read_return import read_return
from hydesk.services.upkeep.open_ledger import Ledger, create_ledger, open_ledger
from hydesk.services.upkeep.roll_over_year import plan_roll_over, roll_over_year

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "benchmarks"
LIST = ROOT / "tests" / "samples" / "tidy" / "ledger.xlsx"
FIRST, YEARS = 2016, 10
HEAD = ["序号", "项目名称", "总投资（万元）", "年度计划投资（万元）", "本月完成投资（万元）", "年初至本月累计完成投资（万元）", "形象进度", "存在问题"]


def ten_years(times: int = 1) -> Ledger:
    """The kept ledger, made first where there is none of these tables; with ``times`` as many projects."""
    made_by = b"".join(f.read_bytes() for f in sorted((SCRIPTS / "versions").glob("*.py")))
    path = KEPT / f"ten-years-{REVISIONS[-1]}-{hashlib.sha256(made_by).hexdigest()[:8]}.hydesk"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        make(part)
        part.rename(path)
    if times == 1:
        return open_ledger(path)
    larger = path.with_stem(f"{path.stem}-{times}")
    if not larger.exists():
        part = larger.with_suffix(".part")
        shutil.copyfile(path, part)
        multiply_whole(part, times)
        part.rename(larger)
    return open_ledger(larger)


def make(path: Path, years: int = YEARS) -> None:
    """Make the ledger at ``path``; minutes of work."""
    path.unlink(missing_ok=True)
    ledger = create_ledger(path)
    clock = _Clock()
    ledger.clock = clock
    try:
        clock.moment = datetime.combine(date(FIRST, 1, 5), time(1), UTC)
        import_projects(ledger, LIST, FIRST)
        for year in range(FIRST, FIRST + years):
            _live(ledger, clock, year)
            if year + 1 < FIRST + years:
                clock.moment = datetime.combine(date(year + 1, 1, 8), time(1), UTC)
                with tempfile.TemporaryDirectory() as folder:
                    roll_over_year(ledger, plan_roll_over(ledger, year), with_plans=True, backup=Path(folder) / "kept.hydesk")
            print(year, f"{path.stat().st_size / 1e6:.0f} MB", flush=True)
    finally:
        ledger.close()


class _Clock:
    """Every act some seconds after the last."""

    def __init__(self) -> None:
        self.moment = datetime(FIRST, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=20)
        return self.moment


def _live(ledger: Ledger, clock: _Clock, year: int) -> None:
    for number in range(1, 13):
        period = Period.month(year, number)
        known = know_ledger(ledger, period)  # no unit's return speaks of another's projects
        clock.moment = datetime.combine(period.end + timedelta(days=2), time(1), UTC)
        by_unit: dict[str, list[KnownProject]] = defaultdict(list)
        for p in known.snapshot.projects:
            by_unit[p.unit].append(p)
        for unit, projects in by_unit.items():
            name = f"{unit}{number}月.xlsx"
            apply_return(ledger, read_return(ledger, (name, _workbook(unit, period, projects)), period, unit, known=known))


def _workbook(unit: str, period: Period, projects: list[KnownProject]) -> bytes:
    rng = random.Random(f"{unit}{period}")
    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"{period.last_month.number}月")
    sheet.append([f"{unit}{period.label}重点项目进展情况表"])
    sheet.append(HEAD)
    for n, p in enumerate(projects, 1):
        before = p.previous.money.get(Field.YEAR_INVESTMENT, 0) if p.previous is not None else 0
        month = _month(p, before, period.last_month.number, rng)
        sheet.append([n, p.name, _wan(p.total_investment), _wan(p.annual_plan), _wan(month), _wan(before + month),
                      f"{rng.choice(('基础', '主体', '装修', '设备安装'))}施工，完成{rng.randrange(10, 95)}%", rng.choice(("", "", "", "征地进展慢", "资金未到位"))])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _month(p: KnownProject, before: Yuan, number: int, rng: random.Random) -> Yuan:
    """What the month adds: so little of what is left that the project lives on through all the years."""
    left = max((p.total_investment or 0) - (p.invested_before or 0) - before, 0)
    return int(left / 120 * rng.uniform(0.5, 1.5)) // 100 * 100 + number * 100


def _wan(amount: Yuan | None) -> float | None:
    return None if amount is None else amount / 10_000


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make(Path(sys.argv[1]))
    else:
        ten_years().close()
