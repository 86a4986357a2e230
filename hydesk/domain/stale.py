"""What was decided on has changed meanwhile: told with who, when, from what to what, and not written over."""

from __future__ import annotations

from datetime import datetime

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError


@dataclass(frozen=True, slots=True)
class LogPosition:
    """How far the change log had come when somebody read what he then decided on: the newest entry and mark there was."""

    entry: int
    mark: int


@dataclass(frozen=True, slots=True)
class StaleCell:
    """A value that somebody else changed after it was read; the values as the office reads them, None where empty."""

    project_id: int
    key: str
    """The field's key."""
    project: str
    """The project's name; empty for what belongs to none."""
    field: str
    """The field in the office's words."""
    then: str | None
    """What it was when it was decided on."""
    now: str | None
    """What it is."""
    actor: str
    at: datetime
    act: str
    """By what it was changed."""

    def __str__(self) -> str:
        of = f"“{self.project}”的" if self.project else ""
        return (f"{of}{self.field}：{self.actor} {self.at:%m-%d %H:%M} 从“{self.then or '空'}”"
                f"改为“{self.now or '空'}”（{self.act}）")


class Stale(HydeskError):
    """Raised before anything is written. ``cells`` are the values that were decided on and hold no more."""

    def __init__(self, cells: tuple[StaleCell, ...]) -> None:
        self.cells = cells
        more = f" 等 {len(cells)} 处" if len(cells) > 1 else ""
        super().__init__(f"没有写入，您看到之后别人改过：{cells[0]}{more}。请看过再改")
