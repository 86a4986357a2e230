"""Several blank forms in hand at once: a tab each, and all of them filled into a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from hydesk.domain.done import Done, together
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.services.forms.fill_form import FormDraft, fill_form, form_ledger
from hydesk.services.forms.kept_forms import save_and_keep
from hydesk.ui.desk import Desk
from hydesk.ui.kit.list_frame import tab_row

FormSource = Path | tuple[str, bytes]


def name_of(source: FormSource) -> str:
    """The form's own name."""
    return source.name if isinstance(source, Path) else source[0]


def filled_name(draft: FormDraft) -> str:
    """What the filled form is called: 市局空表（已填）.xlsx."""
    own = Path(draft.name)
    return f"{own.stem}（已填）{draft.ending if draft.filled.lost or not own.suffix else own.suffix}"


class FormBatch(QObject):
    """Belongs to the page of forms; ``turned`` asks it to show one of the forms in hand."""

    turned = Signal(object)
    """A FormSource."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sources: list[FormSource] = []
        self.tabs = tab_row((), "要填的各份表")
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(self._turn)
        self.tabs.hide()

    @property
    def several(self) -> bool:
        """Whether there is more than one."""
        return len(self.sources) > 1

    def take(self, sources: Sequence[FormSource]) -> None:
        """Take these forms in hand in place of others."""
        self.clear()
        self.sources = list(sources)
        with QSignalBlocker(self.tabs):
            for source in self.sources if self.several else ():
                self.tabs.addTab(name_of(source))
        self.tabs.setVisible(self.several)
        if self.sources:
            self.turned.emit(self.sources[0])

    def clear(self) -> None:
        """Have none in hand."""
        self.sources = []
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
        self.tabs.hide()

    def _turn(self, at: int) -> None:
        if 0 <= at < len(self.sources):
            self.turned.emit(self.sources[at])

    def save_all(self, folder: Path, done: Callable[[], None]) -> None:
        """Fill every form as its own words say and write it into ``folder``; what could not be filled is said."""
        ledger, period, sources = self._desk.ledger, self._desk.period, list(self.sources)

        def work(progress: Progress) -> Done[tuple[int, list[str]]]:
            known, parts, wrong = form_ledger(ledger, period), [], []
            for n, source in enumerate(sources):
                progress(n / len(sources), f"正在填写 {name_of(source)}（{n + 1}／{len(sources)}）")
                try:
                    draft = fill_form(ledger, source, period, None, known)
                    if not draft.made:
                        wrong.append(f"“{name_of(source)}”没有能填的")
                        continue
                    parts.append(save_and_keep(ledger, draft, folder / filled_name(draft)))
                except HydeskError as error:
                    wrong.append(str(error))
            return together(parts, (len(parts), wrong))

        self._desk.operations.run_long("填好几份表", work, self, partial(_said, folder), done=lambda _v: done())


def _said(folder: Path, value: tuple[int, list[str]]) -> str:
    count, wrong = value
    return f"已填好 {count} 份，存到 {folder}" + "".join(f"；{w}" for w in wrong)
