"""What the parts that an office has switched on draw on beside the standings, so that nothing else is read."""

from __future__ import annotations

from hydesk.domain.errors import HydeskError
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import KINDS, ReportKind
from hydesk.reports.notices.catalogue import CATALOGUE
from hydesk.reports.notices.grammar import read_pattern

OVERALL = "overall"
"""The section that says how all of it stands."""
_YEARS = ("同比", "上年", "可比")


def _asked(form: ReportForm, kind: ReportKind) -> list[str]:
    """The keys of the parts of notices that are on."""
    own = KINDS[kind]
    known = {*own.more, *(s.key for s in form.sentences)} if own.more else set()
    usual = [p.key for p in form.order(own.sections, own.off) if p.key in CATALOGUE]
    return [*usual, *(p.key for p in form.parts if p.on and p.key in known and p.key not in usual)]


def asks_notices(form: ReportForm, kind: ReportKind) -> bool:
    """Whether any part of notices is on."""
    return bool(_asked(form, kind))


def asks_outlook(form: ReportForm, kind: ReportKind) -> bool:
    """Whether it is said where the year will end: the last sentence of ``overall``."""
    own = KINDS[kind]
    return OVERALL in (part.key for part in form.order((*own.sections, *own.more), (*own.off, *own.more)))


def compares_years(form: ReportForm, kind: ReportKind) -> bool:
    """Whether any of them looks at last year's list."""
    def looks(key: str) -> bool:
        own = form.own(key)
        if own is None:
            return key in CATALOGUE and CATALOGUE[key].compares_years
        try:
            return any(word in blank.measure for blank in read_pattern(own.text).blanks() for word in _YEARS)
        except HydeskError:
            return False

    return any(map(looks, _asked(form, kind)))
