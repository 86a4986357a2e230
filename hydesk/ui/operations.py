"""One way to write from the window: run the use case in a job, tell the screens, show the notice whose 撤销 undoes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from hydesk.dataclass import dataclass
from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError, ServerFailed
from hydesk.domain.job_progress import Progress
from hydesk.domain.people import Right
from hydesk.domain.stale import LogPosition, Stale
from hydesk.services.acts.deciding import deciding_on, seen_now
from hydesk.services.acts.undo_acts import Stepped
from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.ui.changes import EVERYTHING, Changes
from hydesk.ui.jobs import Job, Jobs

T = TypeVar("T")

DECIDING = "deciding"
"""The property of a widget in which somebody decides by what he saw when it was opened: while one is shown, what others
write is not read, so that it is told when he writes and not taken for seen."""
Say = Callable[..., None]
"""How a quiet line is shown: its text, what 撤销 does, and whether something is wrong."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What a server that failed did not take: what it was, and how it is written again."""

    what: str
    again: Callable[[], object]


class Operations(QObject):
    """Belongs to the desk. What was done is told by the journal, never by the screen that did it."""

    unwritten_changed = Signal(int)
    """How many steps a server that failed did not take; they are kept until they are written or given up."""

    def __init__(self, ledger: Ledger, jobs: Jobs, changes: Changes, notice: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._ledger, self._jobs, self._changes, self._notice = ledger, jobs, changes, notice
        self.unwritten: list[Unwritten] = []
        self.seen: LogPosition | None = None
        """How far the log had come when the screens last learned what others did; None until that is known."""

    def run(
        self, title: str, work: Callable[[], Done[T]], owner: QObject, said: Callable[[T], str] | str = "", *,
        done: Callable[[T], None] | None = None, refused: Callable[[str], None] | None = None,
        stale: Callable[[Stale], None] | None = None, seen: LogPosition | None = None, right: Right = Right.WRITE,
        kept: Callable[[ServerFailed], None] | None = None,
    ) -> Job:
        """Do ``work``, which needs ``right``, off the UI thread, without a line of progress.

        ``done`` takes its value first, then the screens are told, then ``said`` is shown (empty: nothing) with 撤销
        where anything was written. ``refused`` takes the sentence of a HydeskError where it is to be said beside what
        was typed; otherwise it is a notice. ``seen`` is what was decided on where that was before now, such as when a form
        was opened; what others changed since is not written over: ``stale`` takes the cells, otherwise they are told.

        What a server failed to take stays where it was typed if the page has ``refused`` or ``kept``, which takes the error;
        otherwise it is kept here (``unwritten``), to be written again, decided on what was seen when it was typed.
        """
        return self._start(title, lambda _progress: work(), owner, said, done, refused, None, quiet=True, stale=stale,
                           seen=seen, right=right, kept=kept)

    def run_long(
        self, title: str, work: Callable[[Progress], Done[T]], owner: QObject, said: Callable[[T], str] | str = "", *,
        done: Callable[[T], None] | None = None, refused: Callable[[str], None] | None = None,
        cancelled: Callable[[], None] | None = None, right: Right = Right.WRITE,
    ) -> Job:
        """As ``run``, with a line of progress; ``cancelled`` is called where the user stopped it and nothing is done."""
        return self._start(title, work, owner, said, done, refused, cancelled, quiet=False, right=right)

    def _start(
        self, title: str, work: Callable[[Progress], Done[T]], owner: QObject, said: Callable[[T], str] | str,
        done: Callable[[T], None] | None, refused: Callable[[str], None] | None,
        cancelled: Callable[[], None] | None, *, quiet: bool, stale: Callable[[Stale], None] | None = None,
        seen: LogPosition | None = None, right: Right, kept: Callable[[ServerFailed], None] | None = None,
    ) -> Job:
        decided_on, why = seen or self.seen, self._ledger.why_not(right)

        def decided(progress: Progress) -> Done[T]:
            if why:
                raise HydeskError(why)
            with deciding_on(self._ledger, decided_on):
                return work(progress)

        def finish(result: Done[T]) -> None:
            if done is not None:
                done(result.value)
            self.tell(result, said(result.value) if callable(said) else said)

        def again(on: LogPosition | None) -> Job:
            return self._start(title, work, owner, said, done, refused, cancelled, quiet=quiet, stale=stale, seen=on, right=right,
                               kept=kept)

        def failed(error: Exception) -> None:
            if isinstance(error, Stale):
                self.look_again()
            if isinstance(error, Stale) and stale is not None:
                stale(error)
            elif isinstance(error, Stale) and refused is None:
                self._notice(str(error), lambda: again(None), label="仍写入我填的", wrong=True)
            elif isinstance(error, ServerFailed) and kept is not None:
                kept(error)
            elif isinstance(error, ServerFailed) and refused is None and (quiet or not error.unsure):
                what = said.removeprefix("已") if isinstance(said, str) and said else title
                self._keep(error, Unwritten(what, lambda: again(decided_on)))
            elif refused is not None and isinstance(error, HydeskError):
                refused(str(error))
            else:
                self._jobs.failed.emit(error)

        return self._jobs.start(title, decided, owner, done=finish, failed=failed, cancelled=cancelled, writes=True,
                                quiet=quiet)

    def _keep(self, error: ServerFailed, one: Unwritten) -> None:
        self.unwritten.append(one)
        self.unwritten_changed.emit(len(self.unwritten))
        self._notice(f"{error}。“{one.what}”先留着，连上以后可以再写入", self.write_again, label="再写一次", wrong=True)

    def write_again(self) -> None:
        """Write what a server that failed did not take, in the order in which it was to be written."""
        for one in self.give_up():
            one.again()

    def give_up(self) -> list[Unwritten]:
        """Keep nothing unwritten any more; what it was."""
        given, self.unwritten = self.unwritten, []
        self.unwritten_changed.emit(0)
        return given

    def look_again(self, *, tell: bool = True) -> None:
        """Others have written: note how far the log has come, then let every screen read again."""
        def done(seen: LogPosition) -> None:
            self.seen = seen
            if tell:
                self._changes.tell(*EVERYTHING)

        self._jobs.start("看有没有别人的改动", lambda _progress: seen_now(self._ledger), self, done=done, quiet=True)

    def tell(self, result: Done[Any], said: str) -> None:
        """Tell the screens what ``result`` touched, and the user what was done."""
        if result.touched:
            self._changes.tell(*result.touched)
        if said:
            self._notice(said, (lambda: self.undo(result.acts)) if result.wrote else None)

    def undo(self, acts: Sequence[int]) -> None:
        """Take back exactly these acts, the newest first, whoever did them; what stays is said."""
        from hydesk.services.acts.undo_acts import undo_named

        self._step("撤销", lambda: [undo_named(self._ledger, act) for act in reversed(acts)])

    def step_back(self) -> None:
        """Ctrl+Z: take back the newest act of whoever is at this desk."""
        from hydesk.services.acts.undo_acts import undo_newest

        self._step("撤销", lambda: [s for s in (undo_newest(self._ledger),) if s is not None])

    def step_forward(self) -> None:
        """Ctrl+Y: do again what was taken back last at this desk."""
        from hydesk.services.acts.undo_acts import redo_newest

        self._step("重做", lambda: [s for s in (redo_newest(self._ledger),) if s is not None])

    def _step(self, word: str, work: Callable[[], list[Stepped]]) -> None:
        def done(stepped: list[Stepped]) -> None:
            if touched := {what for s in stepped for what in s.touched}:
                self._changes.tell(*touched)
            self._notice(say_stepped(word, stepped))

        self._jobs.start(word, lambda _progress: work(), self, done=done, writes=True, quiet=True)


def say_stepped(word: str, stepped: Sequence[Stepped]) -> str:
    """What was taken back or done again (``word``), whose it was where it is another's, and what stays."""
    if not stepped:
        return f"没有可以{word}的操作"
    first = stepped[-1]
    whose = "" if first.own else f"{first.actor}的操作："
    more = f" 等 {len(stepped)} 步" if len(stepped) > 1 else ""
    kept = [str(k) for s in stepped for k in s.kept]
    stays = f"；{len(kept)} 项后来改过，保留：{kept[0]}" if kept else ""
    return f"已{word}：{whose}{first.title}{more}{stays}"
