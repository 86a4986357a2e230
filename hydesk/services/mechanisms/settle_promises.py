"""Promised against delivered (承诺兑现): what counties and projects promised for the year and what the ledger shows."""

from __future__ import annotations

from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.domain.promises import Promise, kept_share, looked_at, promise_state, settle_project, settle_unit
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import PROJECT_PROMISES, UNIT_PROMISES
from hydesk.domain.standing import ProjectStanding
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.rules.office_rules import office_rules
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.read_scope import within

__all__ = ["PROJECT_PROMISES", "UNIT_PROMISES", "Promise", "kept_share", "promise_state", "settle_promises"]


def settle_promises(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> tuple[Promise, ...]:
    """Every promise of the registers of promises as it stands at the end of ``period``: those of projects of ``scope`` and of
    units that lie in it whole, for a unit's promise is kept by all its projects."""
    at = _Past(ledger, period, office_rules(ledger).money_starts)
    found: list[Promise] = []
    for key, settle in ((UNIT_PROMISES, settle_unit), (PROJECT_PROMISES, settle_project)):
        register_id = register_called(ledger, key)
        if register_id is not None:
            for record in open_register(ledger, register_id, period).records:
                found += settle(record, at, period)
    wanted = within(ledger, period, scope)
    return tuple(p for p in found if wanted is None or wanted.has(p.project, p.unit))


class _Past:
    """The ledger as a deadline found it, each period read once."""

    def __init__(self, ledger: Ledger, period: Period, money_starts: bool) -> None:
        self._ledger, self._period, self.money_starts = ledger, period, money_starts
        self._known: dict[Period, list[ProjectStanding]] = {}

    def day(self, on: date) -> list[ProjectStanding]:
        """The standings on ``on``, at most those of the period itself."""
        period = looked_at(on, self._period)
        if period not in self._known:
            self._known[period] = list_standings(self._ledger, period)
        return self._known[period]
