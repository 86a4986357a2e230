"""What every figure of a report means: the measure behind its key (docs/rules.md §3 to §6)."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.domain.measures.named import MEASURES, Measure
from hydesk.reports.figures import Figure

_EXACT: Mapping[str, str] = {
    "all.split": "split_count", "all.unreported": "unreported", "all.newer": "unreported", "time_progress": "time_progress",
    "months_left": "months_left", "gain.differing": "count", "gain.difference": "month_gain", "gain.first": "count",
    "gain.first_amount": "month_gain", "gain.own": "count", "gain.uncounted": "count", "gain.counted": "count",
    "stretch.begun": "started", "stretch.finished": "finished", "close.planned": "count", "close.done": "count", "close.left": "count",
    "close.units": "reported_units", "close.units_done": "reported_units",
    "lagging.new": "meaning", "lagging.gone": "meaning", "lagging.all": "meaning", "unreported.lagging": "meaning", "unit.lagging": "meaning",
    "unit.serious": "meaning", "leader.lagging": "meaning", "leader.serious": "meaning", "rows:leader_projects": "count",
    "leader.others": "count", "unit.gained": "moved", "duty.serious": "meaning", "duty.left": "left", "units.late": "reported_units",
    "starts.planned": "planned_starts", "starts.started": "started", "starts.year_rate": "year_start_rate",
    "starts.due_rate": "due_start_rate", "starts.works_rate": "works_rate", "starts.due": "planned_starts",
    "starts.both": "planned_starts", "starts.early": "early_starts", "starts.overdue": "overdue_starts",
    "starts.soon": "soon_starts", "starts.money_only": "money_without_start", "ranking.up": "moved", "ranking.down": "moved",
    "rows:overdue": "overdue_starts", "rows:overdue_all": "overdue_starts", "week.begun": "started",
    "year_end.low": "year_end", "year_end.high": "year_end", "year_end.low_rate": "year_end_rate", "year_end.high_rate": "year_end_rate",
    "all.schedule_rate": "schedule_rate", "all.schedule_planned": "planned_to_date",
    "nodes.due_next": "nodes", "adjustments.count": "adjustments",
}
_BEGINNINGS: tuple[tuple[str, str], ...] = (
    ("boards.", "named"), ("rows:boards_", "named"), ("meaning.", "meaning"), ("rows:lagging", "meaning"), ("rows:duty_lagging", "meaning"), ("unit.lagging|", "meaning"),
    ("causes.", "meaning"), ("rows:problems", "problems"), ("rows:unit_problems", "problems"), ("unit.problems", "problems"),
    ("leader.problems", "problems"), ("rows:leader_problems", "problems"), ("leader.moved", "meaning"), ("unit.moved", "meaning"),
    ("leader.overdue", "nodes"), ("unit.overdue", "nodes"), ("leader.soon", "nodes"), ("unit.soon", "nodes"), ("unit.place", "place"),
    ("unit.units", "reported_units"), ("problems.", "problems"), ("week.problems", "problems"), ("rows:week_problems", "problems"), ("week_problems", "problems"),
    ("nodes.due_next:", "nodes"), ("rows:week", "nodes"), ("week_", "nodes"), ("rows:nodes", "nodes"), ("nodes.", "nodes"), ("rows:", "adjustments"),
)
_ENDINGS: Mapping[str, str] = {
    "count": "count", "total": "total_investment", "before": "total_invested", "plan": "annual_plan", "year": "year_investment",
    "rate": "completion", "gain": "month_gain", "since": "total_invested", "gap": "gap", "behind": "gap", "left": "left",
    "needed": "need", "funds": "funds", "funds_rate": "funds_rate", "statistics": "statistics",
    "statistics_rate": "statistics_rate", "known": "count", "whole": "count", "started": "started", "starts": "planned_starts",
    "unreported": "unreported", "time_progress": "time_progress", "share": "share", "done": "year_investment",
    "planned": "annual_plan", "forecast": "forecast", "lagging": "meaning", "problems": "problems",
}


def measure_of(figure: Figure) -> Measure | None:
    """The measure ``figure`` is a value of; None where its key names none."""
    key = figure.key
    if key.startswith(("permit:", "permits.")):
        return MEASURES["node_rate" if key.endswith(".rate") else "nodes"]
    if key.startswith("measure:"):
        return MEASURES.get(key.removeprefix("measure:").partition("|")[0])
    known = _EXACT.get(key) or next((m for start, m in _BEGINNINGS if key.startswith(start)), None)
    known = known or _ENDINGS.get(key.rpartition(".")[2])
    return MEASURES[known] if known else None
