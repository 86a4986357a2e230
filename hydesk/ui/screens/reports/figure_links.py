"""Where a figure of a report leads: to the projects behind it in the ledger, or to the one project it is of."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.domain.meaning import Meaning
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.reports.compile_report import Report
from hydesk.services.reports.figure_projects import figure_projects
from hydesk.ui.requests import OpenProject

FigureLink = LedgerQuery | OpenProject

_SUMS = frozenset(("count", "total", "plan", "year", "rate", "gap", "gain", "split"))
"""The ends of the keys of sums."""
_GROUPS: Mapping[str, str] = {"unit": "units", "category": "categories", "nature": "natures"}
"""By the beginning of a key the filter of the ledger that its sums are over."""


def figure_links(report: Report) -> Mapping[str, FigureLink]:
    """By the key of every figure that leads somewhere, where to. Of a report about some projects or one subject only those
    whose projects are told one by one."""
    behind = figure_projects(report)
    whole = not report.scope and not report.subject
    made: dict[str, FigureLink] = {}
    for figure in report.figures():
        if figure.key and figure.key not in made and (link := _link(figure.key, figure.text, behind, whole=whole)) is not None:
            made[figure.key] = link
    return made


def _link(key: str, text: str, behind: Mapping[str, tuple[int, ...]], *, whole: bool) -> FigureLink | None:
    if ids := behind.get(key):
        return LedgerQuery(only=frozenset(ids), called=f"报告里的 {text}")
    begin, _, end = key.rpartition(".")
    kind, _, name = begin.partition(":")
    if kind == "project" and name.isdigit():
        return OpenProject(int(name))
    if not whole:
        return None
    if begin == "meaning":
        meaning = next((m for m in Meaning if m.value == end), None)
        return None if meaning is None else LedgerQuery(meanings=frozenset((meaning,)))
    if end not in _SUMS:
        return None
    if begin == "all":
        return LedgerQuery()
    return LedgerQuery(**{_GROUPS[kind]: frozenset((name,))}) if kind in _GROUPS and name else None  # type: ignore[arg-type]


def said(link: FigureLink) -> str:
    """What a click does."""
    if isinstance(link, OpenProject):
        return "打开这个项目"
    return f"看它的 {len(link.only)} 个项目" if link.only else "在台账里看它的项目"
