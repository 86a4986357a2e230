"""What returns are read against, taken once for a run of them: the ledger's snapshot, the index of its names, the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import LedgerSnapshot
from hydesk.services.returns.ledger_version import ledger_version
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.rules.settings import check_rules

if TYPE_CHECKING:
    from hydesk.returns.checks import RuleSet
    from hydesk.returns.matching import ProjectIndex


@dataclass(frozen=True, slots=True)
class KnownLedger:
    """The ledger as returns of ``snapshot.period`` are read against it, at ``version`` (``ledger_version``)."""

    snapshot: LedgerSnapshot
    index: ProjectIndex
    rules: RuleSet
    version: int


def know_ledger(ledger: Ledger, period: Period, known: KnownLedger | None = None) -> KnownLedger:
    """The ledger as it is now; ``known`` itself while nothing was written since that a return may depend on."""
    version = ledger_version(ledger)
    if known is not None and known.version == version and known.snapshot.period == period:
        return known
    return index_snapshot(ledger, take_snapshot(ledger, period), version)


def index_snapshot(ledger: Ledger, snapshot: LedgerSnapshot, version: int) -> KnownLedger:
    """``snapshot`` with its index and the rules in force."""
    from hydesk.returns.matching import ProjectIndex

    return KnownLedger(snapshot, ProjectIndex(snapshot), check_rules(ledger), version)
