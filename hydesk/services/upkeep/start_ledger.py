"""Start an office's own ledger from a project list: first looked at without making anything, then made in one go."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.list_review import ListItem
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.returns.import_projects import (
    ProjectImport,
    ReadList,
    apply_project_list,
    compare_list,
    read_project_list,
)
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import create_ledger, discard
from hydesk.temporary import temporary_folder


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What a ledger started from a list would hold, as found in one made for trial and thrown away; amounts in yuan."""

    read: ReadList
    result: ProjectImport
    total: Yuan
    plan: Yuan
    planless: int
    """Projects without an annual plan."""
    units: tuple[tuple[str, int], ...]
    """Reporting units as the list names them, with their number of projects; the empty name for none."""
    items: tuple[ListItem, ...] = ()
    """Every row and what it comes to."""

    @property
    def projects(self) -> int:
        """How many projects the ledger would hold."""
        return self.result.added

    @property
    def left_out(self) -> int:
        """Rows of projects that would not be taken."""
        return len(self.read.listed.projects) - self.result.added


def preview_project_list(path: Path, year: int, progress: Progress | None = None) -> ListPreview:
    """Read the list at ``path`` as that of ``year`` and try it on an empty ledger that is thrown away.

    Raises HydeskError where the file cannot be read; a list not understood comes back with a rejected result.
    """
    said = progress or (lambda _fraction, _doing: None)
    read = read_project_list(path, year, said)
    said(0.5, "正在试导入")
    with temporary_folder() as folder:
        ledger = create_ledger(Path(folder, "试导入.hydesk"))
        try:
            items = compare_list(ledger, read).items
            result = apply_project_list(ledger, read.listed, read.content, year, current_actor(ledger), read.parts,
                                        lambda fraction, _doing: said(0.5 + fraction * 0.4, "正在试导入")).value
            said(0.9, "正在合计")
            held = list_standings(ledger, Period.month(year, 12))
        finally:
            ledger.close()
    said(1.0, "读完了")
    plans = [p.annual_plan for p in held if p.annual_plan is not None]
    return ListPreview(read, result, sum(p.total_investment or 0 for p in held), sum(plans), len(held) - len(plans),
                       tuple(Counter(p.unit for p in held).most_common()), items)


def start_ledger(location: str | Path, preview: ListPreview, actor: Actor | None = None,
                 progress: Progress | None = None) -> Ledger:
    """Make a ledger at ``location`` that holds the list of ``preview``; it stays open.

    All or nothing: cancelled or failed, no file is left. Raises HydeskError where one stands there already or the
    list was not understood.
    """
    said = progress or (lambda _fraction, _doing: None)
    if preview.result.rejected or not preview.projects:
        raise HydeskError(f"“{preview.read.name}”里没有读到项目，没有建台账；请换一份项目清单")
    said(0.0, "正在新建台账")
    ledger = create_ledger(location)
    try:
        said(0.3, f"正在写入 {preview.projects} 个项目")
        read = preview.read
        apply_project_list(ledger, read.listed, read.content, read.year, actor or current_actor(ledger), read.parts,
                           lambda fraction, doing: said(0.3 + fraction * 0.7, f"{doing} {preview.projects} 个项目"))
        said(1.0, "台账建好了")
    except BaseException:
        discard(ledger)
        raise
    return ledger
