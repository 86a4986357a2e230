"""What was read of a node table (节点表), and what it would change: the language of its reading, the service and the screen."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.findings import Finding, Level
from hydesk.domain.milestones import WHICH_LABELS, StandardNode
from hydesk.domain.understanding import ReadSheet


@dataclass(frozen=True, slots=True)
class NodeCell:
    """One date of a node as a table gives it; ``value`` None: the cell is empty."""

    project: str
    """市重点编号."""
    node: str
    which: str
    value: LooseDate | None
    sheet: str
    row: int
    cell: str
    words: str
    ticked: bool = False
    """Said to be done without a date (已办, ✔): ``value`` is the month of the table, for a person to put right."""
    handling: str = ""
    """办理中 or 不需办理, where the cell says that instead of a date."""


@dataclass(frozen=True, slots=True)
class NodeTable:
    """All that was read of one workbook. ``unsaid`` counts columns that do not say planned, forecast or actual."""

    file: str
    sheets: tuple[ReadSheet, ...]
    cells: tuple[NodeCell, ...]
    findings: tuple[Finding, ...]
    unsaid: int
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A date that differs from the ledger's. ``accepted``: written unless a person says otherwise."""

    project_id: int
    project: str
    project_name: str
    node: StandardNode
    which: str
    old: LooseDate | str | None
    new: LooseDate | str
    sheet: str
    cell: str
    words: str
    accepted: bool
    note: str
    """Why it waits, or what is odd about it."""
    blocked: bool
    """It can never be written, such as an actual date still to come."""

    @property
    def what(self) -> str:
        """主体封顶计划; 用地办理情况."""
        return f"{self.node.shown}{WHICH_LABELS.get(self.which, '办理情况')}"


def needs_person(table: NodeTable) -> bool:
    """Whether an error or a warning waits for somebody."""
    return table.rejected or any(f.level is not Level.NOTE for f in table.findings)
