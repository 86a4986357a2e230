"""The doubts of a period, without those that intake told already or a person answered (docs/rules.md §9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds
from hydesk.db.models import Import, ImportFinding, Setting
from hydesk.db.queries import AnySelect
from hydesk.domain.doubts.doubt import Doubt, DoubtKind
from hydesk.domain.doubts.find import KnownDoubts, find_doubts, together
from hydesk.domain.doubts.rules import SHOWN, DoubtRules
from hydesk.domain.doubts.trust import Trust, trust_of
from hydesk.domain.periods import Month, Period
from hydesk.domain.project_year import MONTHS, ProjectYear, Years
from hydesk.services.doubts.doubt_rules import read_doubt_rules
from hydesk.services.doubts.read_years import read_project_years
from hydesk.services.rules.settings import kept_value

ANSWER = "doubt_answer/"
"""Before the key of a doubt that was answered: the setting that says why."""
STANDING = frozenset({DoubtKind.START_BEFORE_WORKS, DoubtKind.WORDS_AGAINST_MONEY, DoubtKind.ACCEPTED_FAR_BELOW, DoubtKind.PAID_FAR_BELOW})
"""Kinds that stand month after month: an answer holds for the year. Of twins it holds for good, of the others for the month."""
_TOLD: Mapping[str, DoubtKind] = {
    "month_leaps": DoubtKind.MONTH_LEAP, "copied_month": DoubtKind.REPEATED_PATTERN, "finished_unspent": DoubtKind.WORDS_AGAINST_MONEY}
"""By the code of intake's finding what needs no second word of its project."""


@dataclass(frozen=True, slots=True)
class AnsweredDoubt:
    """A doubt that a person answered. ``subject`` is a project's code or a unit's name."""

    key: str
    kind: DoubtKind
    subject: str
    name: str
    scope: str
    reason: str
    actor: str


@dataclass(frozen=True, slots=True)
class DoubtsPage:
    """The doubts of ``month``. ``single``: each by itself, as the command line tells them; ``lines``: as a page does."""

    month: Month
    single: tuple[Doubt, ...]
    codes: Mapping[int, str]
    names: Mapping[int, str]
    answered: tuple[AnsweredDoubt, ...]
    trust: tuple[Trust, ...]
    rules: DoubtRules

    @property
    def lines(self) -> tuple[Doubt, ...]:
        """Several of one kind, unit and strength in one line, the strongest first."""
        return tuple(together(self.single))

    @property
    def shown(self) -> tuple[Doubt, ...]:
        """What a page shows before the rest is asked for."""
        return self.lines[:SHOWN]

    @property
    def strong(self) -> int:
        """How many lines are to be cleared up first."""
        return sum(d.strong for d in self.lines)

    def about(self, ids: Collection[int] | None) -> DoubtsPage:
        """What touches any of these projects, all of it where None is given; 可信度 of units stays that of the units."""
        return self if ids is None else replace(self, single=tuple(d for d in self.single if any(p in ids for p in d.projects)))

    def key_of(self, doubt: Doubt, project: int | None) -> str:
        """Under which an answer is kept: of a project, or of the whole unit."""
        subject = doubt.unit if project is None else self.codes.get(project, str(project))
        return answer_key(doubt.kind, subject, self.month)


def answer_key(kind: DoubtKind, subject: str, month: Month) -> str:
    """The setting's key of an answer about ``subject``."""
    scope = "" if kind is DoubtKind.TWIN_PROJECTS else str(month.year) if kind in STANDING else str(month)
    return f"{ANSWER}{kind.value}/{scope}/{subject}"


def list_doubts(ledger: Ledger, period: Period, unit: str | None = None) -> DoubtsPage:
    """The doubts as of ``period`` (of a week: of the last month that had ended), of all units or one."""
    with ledger.read() as connection:
        return read_doubts(connection, period, unit)


def read_doubts(connection: Connection, period: Period, unit: str | None = None, years: Years | None = None) -> DoubtsPage:
    """As ``list_doubts``, within an open transaction; ``years`` where they were read already."""
    month = period.last_month
    known_years = read_project_years(connection, month) if years is None else years
    rules = read_doubt_rules(connection)
    listed: list[ProjectYear] = list(known_years.get(month.year, ()))
    by_code = {p.code: p.id for p in listed}
    answered = _answered(connection, {p.code: p.name for p in listed})
    known = _known(connection, month, answered, by_code)
    found = find_doubts(known_years, month.year, month.number, rules, known)
    if unit is not None:
        found = [d for d in found if unit in (d.unit, d.other_unit)]
    trust = trust_of((p.unit for p in listed), {month.number: found})
    return DoubtsPage(month, tuple(found), {p.id: p.code for p in listed}, {p.id: p.name for p in listed},
                      tuple(a for a in answered if a.scope in ("", str(month.year), str(month))), trust, rules)


def year_trust(ledger: Ledger, year: int) -> tuple[Trust, ...]:
    """数据可信度 of every unit over the months of ``year`` for which figures are held; each month's answers are its own.

    Empty where nothing was reported.
    """
    with ledger.read() as connection:
        years = read_project_years(connection, Month(year, MONTHS))
        listed: list[ProjectYear] = list(years.get(year, ()))
        newest = max((p.newest(MONTHS) for p in listed), default=0)
        rules, by_code = read_doubt_rules(connection), {p.code: p.id for p in listed}
        answered = _answered(connection, {p.code: p.name for p in listed})
        by_month = {m: find_doubts(years, year, m, rules, _known(connection, Month(year, m), answered, by_code))
                    for m in range(1, newest + 1)}
    return trust_of((p.unit for p in listed), by_month) if by_month else ()


def _answered(connection: Connection, names: Mapping[str, str]) -> list[AnsweredDoubt]:
    found = []
    for key, text in map(tuple, connection.execute(
            select(Setting.key, Setting.value).where(Setting.key.startswith(ANSWER)).order_by(Setting.id)).all()):
        told = kept_value(text, None, lambda kept: {"reason": str(kept["reason"]), "actor": str(kept.get("actor", ""))})
        kind, scope, subject = [*key.removeprefix(ANSWER).split("/", 2), "", ""][:3]
        if told and kind in {k.value for k in DoubtKind}:
            found.append(AnsweredDoubt(key, DoubtKind(kind), subject, names.get(subject, subject), scope, told["reason"], told.get("actor", "")))
    return found


def _known(connection: Connection, month: Month, answered: list[AnsweredDoubt], by_code: Mapping[str, int]) -> KnownDoubts:
    """What needs no asking at ``month``."""
    query: AnySelect = (
        select(ImportFinding.code, ImportFinding.project).join(Import, Import.id == ImportFinding.import_id)
        .where(Import.period == str(month), Import.superseded_by.is_(None), act_holds(Import.act_id), ImportFinding.code.in_(_TOLD)))
    told = frozenset((_TOLD[code], by_code[project]) for code, project in map(tuple, connection.execute(query).all()) if project in by_code)
    mine = [a for a in answered if a.scope in ("", str(month.year), str(month))]
    return KnownDoubts(told, frozenset((a.kind, by_code[a.subject]) for a in mine if a.subject in by_code),
                 frozenset((a.kind, a.subject) for a in mine if a.subject not in by_code))

