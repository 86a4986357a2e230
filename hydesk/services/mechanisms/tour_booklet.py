"""现场观摩: the tours with their routes, and the booklet of project cards to be taken along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.kept import words
from hydesk.domain.periods import Period
from hydesk.domain.shipped_registers import TOURS
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.reports.photos import PhotoRow
from hydesk.services.acts.writing import writing
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.look_at_register import look_at_register
from hydesk.services.reports.print_notice import office_of, remark_of
from hydesk.services.rules.settings import get_setting, set_setting
from hydesk.services.standings.list_standings import read_groups, read_standings


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
    arrive: str = ""
    """When the tour comes there, as it was entered: 9:40."""
    guide: str = ""
    """Who explains it."""


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
            t.get("comment", ""), t.get("finding", ""), t.get("state", ""), t.get("arrive", ""), t.get("guide", "")))
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


@dataclass(frozen=True, slots=True)
class PrintedBooklet:
    """What came of it: cards, pages, photographs on them, and what is doubtful about those, a sentence each."""

    cards: int
    pages: int
    photos: int
    doubts: tuple[str, ...]


CRITERIA = (("投资完成", 30), ("形象进度", 30), ("现场管理", 20), ("讲解汇报", 20))
"""What judges give points for where the office says nothing else."""
TOUR_CRITERIA = "tour_criteria"


def tour_criteria(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    """What judges give points for, as the office set it."""
    return get_setting(ledger, TOUR_CRITERIA, CRITERIA, lambda kept: read_criteria(words([kept])[0]))  # type: ignore[no-any-return]


@writing
def set_tour_criteria(ledger: Ledger, criteria: Sequence[tuple[str, int]], actor: Actor | None = None) -> None:
    """Judge by ``criteria`` from now on; can be undone. Raises HydeskError as ``read_criteria`` does."""
    kept = read_criteria(write_criteria(criteria))
    set_setting(ledger, TOUR_CRITERIA, None if kept == CRITERIA else write_criteria(kept), "修改观摩评分项", actor)


def write_criteria(criteria: Sequence[tuple[str, int]]) -> str:
    """投资完成:30;形象进度:30, as ``read_criteria`` reads it."""
    return ";".join(f"{name}:{points}" for name, points in criteria)


def print_booklet_of(ledger: Ledger, period: Period, tour: str, path: Path, progress: Progress | None = None,
                     criteria: Sequence[tuple[str, int]] | None = None, today: date | None = None) -> PrintedBooklet:
    """Write the booklet of a tour to ``path``: cover, route, a page a project, a judges' sheet for each group of units, by
    ``criteria`` or, without them, the office's own.

    Raises HydeskError where the tour has no projects or the file cannot be written.
    """
    from hydesk.reports.booklet_pdf import Booklet, BookletStop, print_booklet
    from hydesk.reports.fonts import find_fonts
    from hydesk.reports.judge_sheet import Criterion
    from hydesk.services.reports.compile_report import ReportKind, compile_report

    cover = tour_notice(ledger, period, tour, today)
    criteria = tour_criteria(ledger) if criteria is None else criteria
    own = [s for s in tour_stops(ledger, period) if s.tour == tour]
    with ledger.read() as connection:
        groups = read_groups(connection)
        known = {s.code: s for s in read_standings(connection, period)}
    stops: list[BookletStop] = []
    grouped: dict[str, list[int]] = {}
    for i, s in enumerate(own):
        if progress:
            progress(i / len(own) / 2, f"正在汇集第 {i + 1} 个项目")
        project = known.get(s.code)
        who = "" if project is None else "、".join(dict.fromkeys(x for x in (project.city_leader, project.county_leader, project.responsible_unit) if x))
        location = "" if project is None else project.location
        arrive, name, unit, location, who, guide = (CONTROL.sub("", x) for x in (s.arrive, s.project, s.unit, location, who, s.guide))
        stops.append(BookletStop(arrive, name, unit, location, who, guide, compile_report(ledger, ReportKind.PROJECT, period, s.code, issued=today)))
        grouped.setdefault(groups.get(s.unit) or "全部项目", []).append(i)
    days = list(dict.fromkeys(s.day for s in own if s.day))
    booklet = Booklet(cover.title, cover.office, "、".join(_day_words(d) for d in days), cover.day, cover.remark, tuple(stops),
                      tuple((name, tuple(at)) for name, at in grouped.items()), tuple(Criterion(n, p) for n, p in criteria))
    try:
        pages = print_booklet(booklet, path, find_fonts(), (lambda f, t: progress(0.5 + f / 2, t)) if progress else None)
    except OSError as e:
        raise HydeskError(f"“{path}”写不了，可能没有权限，或这份文件正开着；请关闭它或换一个位置") from e
    photos = [(stop, p) for stop in stops for s in stop.card.sections for b in s.blocks if isinstance(b, PhotoRow) for p in b.photos]
    return PrintedBooklet(len(stops), pages, len(photos), tuple(f"{stop.project}“{p.name}”：{p.doubt.lstrip('◆')}" for stop, p in photos if p.doubt))


def _day_words(text: str) -> str:
    """2023年6月20日 of 2023-06-20; other words as they are."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def read_criteria(text: str) -> tuple[tuple[str, int], ...]:
    """投资完成:30;形象进度:30 as criteria with their points. Raises HydeskError with what is wrong in it."""
    made = []
    for part in (p.strip() for p in text.replace("；", ";").replace("，", ";").split(";")):
        name, colon, points = part.replace("：", ":").partition(":")
        if not part:
            continue
        if not (name.strip() and colon and points.strip().isdecimal() and points.strip().isascii() and 0 < int(points) <= 1000):
            raise HydeskError(f"评分项“{part}”写得不对，应像“投资完成:30;形象进度:30”，分值是 1 到 1000 的整数")
        made.append((name.strip(), int(points)))
    if not 0 < len(made) <= 8:
        raise HydeskError("评分项要有一到八项，像“投资完成:30;形象进度:30;现场管理:40”")
    return tuple(made)
