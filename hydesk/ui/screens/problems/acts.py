"""What the problems' screen does to the ledger. Each is a job that writes one act; 撤销 stands in the notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hydesk.domain.done import Done
from hydesk.services.problems.follow_problems import ToldProblem
from hydesk.ui.desk import Desk
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.kit.words import EXPORT
from hydesk.ui.screens.problems.forms import StepEntry

T = TypeVar("T")


class ProblemActs(QObject):
    """Belongs to the screen, ``parent``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent

    def _write(self, title: str, work: Callable[[], Done[T]], said: Callable[[T], str] | str, form: PanelForm | None = None,
               done: Callable[[T], None] | None = None) -> None:
        """Run ``work``; what it refuses is said in ``form`` where one is open."""
        self._desk.operations.run(title, work, self, said, done=done, refused=form.say_wrong if form else None)

    def step(self, entry: StepEntry, form: PanelForm, done: Callable[[], None]) -> None:
        """Take a step with one or more problems."""
        from hydesk.services.problems.step_problem import step_problems

        self._write(entry.kind.label, lambda: step_problems(
            self._desk.ledger, entry.ids, entry.kind, on=entry.on, unit=entry.unit, leader=entry.leader,
            due_on=entry.due_on, words=entry.words), lambda title: f"已{title}", form, lambda _r: done())

    def add(self, values: Mapping[str, Any], form: PanelForm, done: Callable[[int], None]) -> None:
        """List a new problem."""
        from hydesk.services.problems.record_problem import NewProblem, record_problem

        self._write("登记问题", lambda: record_problem(self._desk.ledger, NewProblem(**values), today=None),
                    "已登记问题", form, done)

    def edit(self, problem_id: int, values: Mapping[str, str], form: PanelForm, done: Callable[[], None]) -> None:
        """Change what is said of a problem."""
        from hydesk.services.problems.record_problem import edit_problem

        self._write("修改问题", lambda: edit_problem(self._desk.ledger, problem_id, values),
                    lambda changed: "已修改问题" if changed else "没有变化", form, lambda _r: done())

    def remove(self, problem_id: int) -> None:
        """Take a problem off the list."""
        from hydesk.services.problems.record_problem import remove_problem

        self._write("删去问题", lambda: remove_problem(self._desk.ledger, problem_id), "已从清单删去")

    def adopt(self, told: Sequence[ToldProblem], done: Callable[[list[int]], None]) -> None:
        """Put texts of returns on the list."""
        from hydesk.services.problems.follow_problems import adopt_problems

        self._write("列入清单", lambda: adopt_problems(self._desk.ledger, told),
                    lambda ids: f"已列入 {len(ids)} 个问题，待受理", None, done)

    def note_seen(self) -> None:
        """Write down which problems the period's returns still tell."""
        from hydesk.services.problems.follow_problems import note_seen

        period = self._desk.period
        self._write("登记跟踪", lambda: note_seen(self._desk.ledger, period),
                    lambda n: f"已登记：{period.label}报表仍反映 {n} 个" if n else f"{period.label}没有新的要登记")

    def export(self, view: int, ids: Sequence[int]) -> None:
        """Write what is shown to an Excel file, ready to be printed."""
        from hydesk.services.problems.export_problems import LISTS, export_problems

        ledger, period = self._desk.ledger, self._desk.period
        name = LISTS[view].title
        path = ask_save(self._parent, self._desk.settings, Purpose.EXPORT, EXPORT, f"{name}（{period.label}）.xlsx", "Excel 工作簿 (*.xlsx)")
        if path:
            self._desk.jobs.start("导出问题清单", lambda _p: export_problems(ledger, Path(path), period, view, ids), self,
                                  done=lambda n: self._desk.notice(f"已导出 {n} 个问题：{path}"))
