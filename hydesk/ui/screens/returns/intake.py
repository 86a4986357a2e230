"""Files in, drafts out: read one after the other in a job; a bad file never stops the rest."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from hydesk.domain.errors import Cancelled, HydeskError
from hydesk.domain.findings import Finding, Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.return_states import REJECTED
from hydesk.domain.understanding import Understanding
from hydesk.services.returns.collect_returns import Source, collect_returns
from hydesk.services.returns.read_return import ReturnDraft, read_return
from hydesk.services.returns.said_period import said_period
from hydesk.ui.desk import Desk

log = logging.getLogger(__name__)


class Intake(QObject):
    """Reads files for the period in hand. ``arrived`` comes once per file, in order, on the UI thread."""

    arrived = Signal(object)
    finished = Signal(int, int, int, object)
    """How many files were gone through, how many of them cannot be taken, how many were passed over (lock files and
    the like), and the Period in hand before, where the files are of another one."""
    again_read = Signal(object)
    """The new draft of a file that was read as another unit's."""
    _read = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read.connect(self.arrived, Qt.ConnectionType.QueuedConnection)

    def take(self, paths: Sequence[str]) -> None:
        """Read the files, folders and archives at ``paths``. Cancel keeps what has been read so far.

        Where they all are of another month than the one in hand, the window changes to it first.
        """
        desk = self._desk
        ledger, now = desk.ledger, desk.period

        def work(progress: Progress) -> tuple[list[Source], Period | None]:
            progress(0.0, "正在找文件")
            sources = collect_returns([Path(p) for p in paths])
            return sources, said_period(ledger, [s for s in sources if s.content], now)

        def done(found: tuple[list[Source], Period | None]) -> None:
            sources, said = found
            if said is not None and desk.period == now:
                desk.set_period(said)
            self._read_all(sources, now if desk.period == said else None)

        desk.jobs.start("收报", work, self, done=done, cancelled=self._say_cancelled)

    def _say_cancelled(self) -> None:
        self._desk.notice("已取消收报，已读出的保留在待入库")

    def _read_all(self, sources: Sequence[Source], before: Period | None) -> None:
        """Read ``sources`` for the period in hand; ``before``: the one that was, where it was changed for them."""
        desk = self._desk
        ledger, period = desk.ledger, desk.period

        def work(progress: Progress) -> tuple[int, int, int]:
            from hydesk.services.returns.know_ledger import know_ledger

            wanted = [s for s in sources if not s.skipped]
            known = None
            bad = 0
            for i, source in enumerate(wanted):
                def part(fraction: float, text: str, done: int = i) -> None:
                    progress((done + fraction) / len(wanted), f"{text}（{done + 1}／{len(wanted)}）")

                if source.problem is not None:
                    bad += 1
                    self._read.emit(refused(source.name, period, source.problem))
                    continue
                try:
                    known = know_ledger(ledger, period, known)
                    draft = read_return(ledger, (source.name, source.content), period, progress=part, known=known)
                    bad += draft.status == REJECTED
                    self._read.emit(draft)
                except (Cancelled, HydeskError):
                    raise
                except Exception:
                    log.exception("a return could not be read")
                    bad += 1
                    self._read.emit(refused(source.name, period, f"“{source.name}”读取时程序出错，这份没有收；"
                                            "其他文件不受影响，请把日志交给维护人员"))
            return len(wanted), bad, len(sources) - len(wanted)

        desk.jobs.start("收报", work, self, done=lambda r: self.finished.emit(*r, before),
                        cancelled=self._say_cancelled)

    def again(self, draft: ReturnDraft, unit: str | None) -> None:
        """Read ``draft``'s file again as the return of ``unit``."""
        ledger = self._desk.ledger
        self._desk.jobs.start(
            "重新读取", lambda p: read_return(ledger, (draft.name, draft.content), draft.period, unit, progress=p), self,
            done=self.again_read.emit)


def finished_words(read: int, bad: int, passed: int, repeats: int) -> str:
    """What came of a run: how many files were read, are refused, passed over, had come before."""
    also = f"，其中 {bad} 份不能收，打开看原因" if bad else ""
    also += (f"，{repeats} 份重复收到" if repeats else "") + (f"，另有 {passed} 个临时文件跳过" if passed else "")
    return f"读完 {read} 份文件{also}" + ("" if bad == read else "，请核对后入库") if read else f"没有找到报表{also}"


def refused(name: str, period: Period, sentence: str) -> ReturnDraft:
    """A draft of a file that could not be read at all."""
    finding = Finding(Level.ERROR, "unreadable", sentence)
    return ReturnDraft(name, b"", "", period, Understanding(name, None, None, (), (), (finding,), rejected=True), (),
                       None, None, REJECTED)


__all__ = ["Intake", "Source", "finished_words", "refused"]
