"""Two desks at one ledger, for tests: each sees what it last looked at, writes by what it saw, and undoes its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Project
from hydesk.domain.actors import Actor
from hydesk.domain.done import Done
from hydesk.domain.fields import Field
from hydesk.domain.stale import LogPosition
from hydesk.services.acts.deciding import deciding_on, seen_now
from hydesk.services.acts.undo_acts import Stepped, redo_newest, undo_newest
from hydesk.services.projects.edit_project import edit_project

ZHANG, LI = Actor("张三", "zhangsan", "PC-1"), Actor("李四", "lisi", "PC-2")


def remarks(ledger: Ledger) -> dict[int, str | None]:
    """The remark of every project, straight from the table."""
    with ledger.read() as connection:
        return {r.id: r.remark for r in connection.execute(select(Project.id, Project.remark).where(Project.present))}


@dataclass
class Desk:
    """One desk: ``knows`` is what it saw when it last looked, and what it wrote itself since."""

    ledger: Ledger
    actor: Actor
    seen: LogPosition = field(default_factory=lambda: LogPosition(0, 0))
    knows: dict[int, str | None] = field(default_factory=dict)

    def look(self) -> None:
        """Read everything."""
        self.seen = seen_now(self.ledger)
        self.knows = remarks(self.ledger)

    def write(self, project: int, words: str | None, what: Field = Field.REMARK) -> Done[None]:
        """Edit a text of a project by what this desk last saw. Raises Stale."""
        with deciding_on(self.ledger, self.seen):
            done = edit_project(self.ledger, project, what, words, actor=self.actor)
        if what is Field.REMARK and done.wrote:
            self.knows[project] = words
        return done

    def undo(self) -> Stepped | None:
        """Ctrl+Z."""
        return undo_newest(self.ledger, self.actor)

    def redo(self) -> Stepped | None:
        """Ctrl+Y."""
        return redo_newest(self.ledger, self.actor)
