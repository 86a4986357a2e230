"""入库, 撤销, and giving an original out: what the screen writes, with a quiet line afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hydesk.domain.done import Done, together
from hydesk.domain.errors import system_words
from hydesk.domain.file_names import name_of_original
from hydesk.domain.job_progress import Progress
from hydesk.domain.return_states import REJECTED, UNCHANGED
from hydesk.services.returns.apply_return import AppliedReturn, apply_return
from hydesk.services.returns.draft_age import is_stale
from hydesk.services.returns.keep_received import ReceivedReturn, list_received
from hydesk.services.returns.list_returns import ReturnSummary, original_file
from hydesk.services.returns.read_return import understand_draft
from hydesk.services.upkeep.keep_backups import keep_before_many
from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.ui.desk import Desk
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.screens.returns.pile import WaitingDraft


def also_replaced(waited: tuple[ReceivedReturn, ...], ledger: Ledger, taken: set[int | None]) -> str:
    """The sentence about older files that waited and were replaced by what was taken in; empty where there are none."""
    still = {r.id for r in list_received(ledger)}
    gone = [r.file for r in waited if r.id not in still and r.id not in taken]
    return f"；同单位先报的 {len(gone)} 份待核表由新表替代：{'、'.join(gone)}" if gone else ""


class Writing(QObject):
    """One writer at a time; every act can be undone."""

    left = Signal(object)
    """This draft waits no longer."""
    settled = Signal(object)
    """This draft has been dealt with: the next may be shown."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent

    def apply(self, waiting: WaitingDraft) -> None:
        """Write one draft; afterwards a quiet line with 撤销."""
        ledger, draft, decided, reasons = self._desk.ledger, waiting.draft, dict(waiting.decided), dict(waiting.reasons)

        def work(progress: Progress) -> Done[tuple[AppliedReturn, str]]:
            waited = list_received(ledger)
            result = apply_return(ledger, draft, accept=decided, progress=progress, reasons=reasons)
            return result.answering((result.value, also_replaced(waited, ledger, {waiting.received})))

        def done(_applied: tuple[AppliedReturn, str]) -> None:
            self.left.emit(waiting)
            self.settled.emit(waiting)

        def said(applied: tuple[AppliedReturn, str]) -> str:
            result, also = applied
            if result.return_id is None or result.status in (UNCHANGED, REJECTED):
                return f"{draft.name} 与已入库的相同，台账没有变化"
            held = f"，{result.held_back} 行没有入库" if result.held_back else ""
            held += f"（{(*result.stale, *result.refused)[0]}）" if result.stale or result.refused else ""
            return f"已入库：{waiting.unit}，写入 {result.written} 项{held}{also}"

        self._desk.operations.run_long(f"入库 {draft.name}", work, self, said, done=done)

    def apply_all(self, wanted: Sequence[WaitingDraft]) -> None:
        """Write the drafts ``wanted``, one after the other; of those with errors the wrong rows stay out."""
        ledger = self._desk.ledger
        results: list[tuple[WaitingDraft, Done[AppliedReturn]]] = []
        replaced: list[str] = []

        def work(progress: Progress) -> None:
            keep_before_many(ledger, len(wanted))
            waited = list_received(ledger)
            for i, w in enumerate(wanted):
                progress(i / len(wanted), w.draft.name)
                draft = w.draft
                if is_stale(ledger, draft):
                    # An earlier one of this very run may have changed what this one is compared with.
                    draft = understand_draft(ledger, draft, draft.corrections)
                results.append((w, apply_return(ledger, draft, accept=dict(w.decided), reasons=dict(w.reasons))))
            replaced.append(also_replaced(waited, ledger, {w.received for w in wanted}))

        def settle(begin: str) -> None:
            for w, _ in results:
                self.left.emit(w)
            applied = [r.value for _, r in results]
            count = sum(r.return_id is not None and r.status != UNCHANGED for r in applied)
            written = sum(r.written for r in applied)
            self._desk.operations.tell(together([r for _, r in results], None),
                                       f"{begin}已入库 {count} 份，写入 {written} 项{''.join(replaced)}")

        def failed(error: Exception) -> None:
            settle("")
            self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("全部入库", work, self, done=lambda _r: settle(""), failed=failed,
                              cancelled=lambda: settle("已取消；"), writes=True)

    def save_original(self, summary: ReturnSummary | None) -> None:
        """Give the file out as it came."""
        if summary is None:
            return
        path = ask_save(self._window, self._desk.settings, Purpose.EXPORT, "另存原件", name_of_original(summary.file))
        if not path:
            return
        ledger = self._desk.ledger

        def work(_progress: Progress) -> None:
            Path(path).write_bytes(original_file(ledger, summary.id)[1])

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                self._desk.notice(f"没有存下“{path}”：{system_words(error)}，请换一个文件夹", wrong=True)
            else:
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("另存原件", work, self, done=lambda _r: self._desk.notice(f"已存为 {path}"), failed=failed)
