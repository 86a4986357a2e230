"""入库, 撤销, and giving an original out: what the screen writes, with a quiet line afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hydesk.domain.errors import system_words
from hydesk.domain.file_names import name_of_original
from hydesk.services.acts.undo_import import UndoResult, undo_import
from hydesk.services.returns.apply_return import AppliedReturn, apply_return
from hydesk.services.returns.draft_age import is_stale
from hydesk.services.returns.keep_received import ReceivedReturn, list_received
from hydesk.services.returns.list_returns import ReturnSummary, original_file
from hydesk.services.returns.read_return import REJECTED, UNCHANGED, understand_draft
from hydesk.services.upkeep.keep_backups import keep_before_many
from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.ui.changes import PROGRESS, PROJECTS, RETURNS
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Progress
from hydesk.ui.screens.returns.pile import Pile, WaitingDraft
from hydesk.ui.widgets.files import Purpose, ask_save


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

    def __init__(self, desk: Desk, pile: Pile, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._pile, self._window = desk, pile, parent

    def apply(self, waiting: WaitingDraft) -> None:
        """Write one draft; afterwards a quiet line with 撤销."""
        ledger, draft, decided = self._desk.ledger, waiting.draft, dict(waiting.decided)

        def work(progress: Progress) -> tuple[AppliedReturn, str]:
            waited = list_received(ledger)
            result = apply_return(ledger, draft, accept=decided, progress=progress)
            return result, also_replaced(waited, ledger, {waiting.received})

        def done(applied: tuple[AppliedReturn, str]) -> None:
            result, also = applied
            self.left.emit(waiting)
            self.settled.emit(waiting)
            self._desk.changes.tell(PROGRESS, PROJECTS, RETURNS)
            self._tell(waiting, result, also)

        self._desk.jobs.start(f"入库 {draft.name}", work, self, done=done, writes=True)

    def _tell(self, waiting: WaitingDraft, result: AppliedReturn, also: str) -> None:
        if result.return_id is None or result.status in (UNCHANGED, REJECTED):
            self._desk.notice(f"{waiting.draft.name} 与已入库的相同，台账没有变化")
            return
        held = f"，{result.held_back} 行没有入库" if result.held_back else ""
        import_id = result.return_id
        self._desk.notice(f"已入库：{waiting.unit}，写入 {result.written} 项{held}{also}", lambda: self.undo([import_id]))

    def apply_all(self) -> None:
        """Write every draft that has no open error, one after the other; the others stay."""
        ledger = self._desk.ledger
        wanted = self._pile.faultless()
        results: list[tuple[WaitingDraft, AppliedReturn]] = []
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
                results.append((w, apply_return(ledger, draft, accept=dict(w.decided))))
            replaced.append(also_replaced(waited, ledger, {w.received for w in wanted}))

        def settle(begin: str) -> None:
            for w, _ in results:
                self.left.emit(w)
            self._desk.changes.tell(PROGRESS, PROJECTS, RETURNS)
            ids = [r.return_id for _, r in results if r.return_id is not None and r.status != UNCHANGED]
            written = sum(r.written for _, r in results)
            self._desk.notice(f"{begin}已入库 {len(ids)} 份，写入 {written} 项{''.join(replaced)}",
                              (lambda: self.undo(ids)) if ids else None)

        def failed(error: Exception) -> None:
            settle("")
            self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("全部入库", work, self, done=lambda _r: settle(""), failed=failed,
                              cancelled=lambda: settle("已取消；"), writes=True)

    def undo(self, ids: list[int]) -> None:
        """Take returns back, the newest first; later edits stay and are named."""
        ledger = self._desk.ledger

        def work(progress: Progress) -> list[UndoResult]:
            results = []
            for i, key in enumerate(reversed(ids)):
                progress(i / len(ids), "")
                results.append(undo_import(ledger, key))
            return results

        def done(results: list[UndoResult]) -> None:
            self._desk.changes.tell(PROGRESS, PROJECTS, RETURNS)
            kept = [str(k) for r in results for k in r.kept]
            also = f"；{len(kept)} 项后来改过，保留：{kept[0]}" if kept else ""
            self._desk.notice(f"已撤销 {len(results)} 份，恢复 {sum(r.restored for r in results)} 项，报表回到待入库{also}")

        self._desk.jobs.start("撤销", work, self, done=done, writes=True)

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
