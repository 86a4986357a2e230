"""What the pages of 工作机制 do to the ledger and to files. Each is a job; a write is one act with 撤销 in its notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from hydesk.domain.done import Done
from hydesk.domain.people import Right
from hydesk.ui.desk import Desk
from hydesk.ui.kit.paper_button import paper_button, save_paper

T = TypeVar("T")


class Acts(QObject):
    """Belongs to a page, ``parent``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent

    def read(self, title: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Read in a job."""
        self._desk.jobs.start(title, lambda _p: work(), self, done=done, quiet=True)

    def write(self, title: str, work: Callable[[], Done[T]], said: Callable[[T], str] | str, *,
              done: Callable[[T], None] | None = None, failed: Callable[[str], None] | None = None,
              right: Right = Right.WRITE) -> None:
        """Write one act, which needs ``right``; ``failed`` takes the sentence of what was refused, where it is to be said elsewhere."""
        self._desk.operations.run(title, work, self, said, done=done, refused=failed, right=right)

    def save(self, make: Callable[[], Any], name: str, form: str) -> None:
        """Ask where, make the paper in a job and write it there as ``form``: pdf, docx, xlsx."""
        save_paper(self._desk, self._parent, self, make, name, form)


def print_button(acts: Acts, word: str, make: Callable[[], Callable[[], Any]], name: Callable[[], str]) -> QPushButton:
    """A button with a menu of the kinds of file; ``make`` is asked for the paper when one is chosen."""
    return paper_button(word, lambda form: acts.save(make(), name(), form))
