"""What gains a county most points, drawn from a ledger; printed for the counties."""

from __future__ import annotations

import shutil
from pathlib import Path

from hydesk.domain.periods import Month
from hydesk.services.mechanisms.assess_units import assess_units
from hydesk.services.mechanisms.plan_points import plan_city_points, plan_points, points_notice
from hydesk.services.upkeep.open_ledger import open_ledger

JUNE = Month(2023, 6)


def test_plans_start_from_the_scores_and_never_lose(demo_file: Path, tmp_path: Path) -> None:
    ledger = open_ledger(Path(shutil.copy(demo_file, tmp_path / "台账.hydesk")))
    try:
        plans = plan_points(ledger, JUNE)
        scored = {s.unit: s for s in assess_units(ledger, JUNE)}
        for plan in plans:
            own = scored[plan.unit]
            assert plan.before == own.total - own.adjusted  # type: ignore[operator]
            assert plan.gain >= 0
            assert len(plan.acts) <= 3
        assert sum(p.gain > 0 for p in plans) >= len(plans) // 2
        city = plan_city_points(ledger, JUNE)
        assert city.gain >= 0
        paper = points_notice(ledger, JUNE)
        assert paper.table is not None
        assert len(paper.table.rows) == len(plans) + 1
    finally:
        ledger.close()


