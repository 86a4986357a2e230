"""现场观摩: the tours with their routes, and the booklet of project cards to be taken along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.shipped_registers import TOURS
from hydesk.reports.grid import Align
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.look_at_register import look_at_register
from hydesk.services.reports.print_notice import office_of, remark_of


@dataclass(frozen=True, slots=True)
class TourStop:
    """A project on the route."""

    record_id: int
    tour: str
    order: Decimal | None
    code: str
    project: str
    unit: str
    day: str
    score: Decimal | None
    comment: str
    finding: str
    state: str


def tour_stops(ledger: Ledger, period: Period) -> tuple[TourStop, ...]:
    """Every stop of every tour, by tour and in the route's order."""
    register_id = register_called(ledger, TOURS)
    if register_id is None:
        return ()
    sheet = look_at_register(ledger, register_id, period)
    fields = {f.key: f for f in sheet.definition.fields}
    found = []
    for r in sheet.records:
        t = {k: sheet.text(f, r) for k, f in fields.items()}
        order, score = r.values.get("order"), r.values.get("score")
        found.append(TourStop(
            r.id, t.get("tour", ""), order if isinstance(order, Decimal) else None, str(r.values.get("project", "")),
            t.get("project", ""), t.get("unit", ""), t.get("on", ""), score if isinstance(score, Decimal) else None,
            t.get("comment", ""), t.get("finding", ""), t.get("state", "")))
    return tuple(sorted(found, key=lambda s: (s.tour, s.order is None, s.order or 0, s.record_id)))


def tour_notice(ledger: Ledger, period: Period, tour: str, today: date | None = None) -> NoticePaper:
    """The route of a tour with scores and findings. Raises HydeskError where the tour has no projects."""
    stops = [s for s in tour_stops(ledger, period) if s.tour == tour]
    if not stops:
        raise HydeskError("这次观摩还没有登记项目，请先在“现场观摩”台账里登记")
    columns = (short_column("顺序"), text_column("项目", 1.4), short_column("单位"), short_column("日期"),
               short_column("得分", Align.RIGHT), text_column("点评", 1.0), text_column("发现的问题", 1.0), short_column("整改"))
    rows = tuple((str(i), s.project, s.unit or "—", s.day or "—", f"{s.score.normalize():f}" if s.score is not None else "—",
                  s.comment or "—", s.finding or "—", s.state or "—") for i, s in enumerate(stops, 1))
    return NoticePaper(tour, f"{tour}手册", "", "", (), words_table("tour", columns, rows), (), office_of(ledger),
                  today or date.today(), remark=remark_of(ledger))


def print_booklet_of(ledger: Ledger, period: Period, tour: str, path: Path,
                     progress: Progress | None = None) -> int:
    """Write the booklet of a tour to ``path``; how many cards it holds. Raises HydeskError where it cannot."""
    from hydesk.reports.booklet_pdf import print_booklet
    from hydesk.reports.fonts import find_fonts
    from hydesk.services.reports.compile_report import ReportKind, compile_report

    cover = tour_notice(ledger, period, tour)
    codes = [s.code for s in tour_stops(ledger, period) if s.tour == tour]
    cards = []
    for i, code in enumerate(codes):
        if progress:
            progress(i / len(codes) / 2, f"正在汇集第 {i + 1} 个项目")
        cards.append(compile_report(ledger, ReportKind.PROJECT, period, code))
    try:
        print_booklet(cover, cards, path, find_fonts(), (lambda f, t: progress(0.5 + f / 2, t)) if progress else None)
    except OSError as e:
        raise HydeskError(f"“{path}”写不了，可能没有权限，或这份文件正开着；请关闭它或换一个位置") from e
    return len(cards)
