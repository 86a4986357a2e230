"""全部入库: what taking in everything that waits would do, said before it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from hydesk.domain.findings import Level
from hydesk.services.returns.before_taking import fact_lines
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.pending import PendingStrip
from hydesk.ui.screens.returns.pile import Pile, WaitingDraft

_FACTS = 3


class TakeAllStrip(PendingStrip):
    """The files without an error, and on demand the others too, whose wrong rows stay out."""

    def __init__(self, pile: Pile, parent: QWidget | None = None) -> None:
        super().__init__("签发前请看", parent, write="入库　Enter", drop="回去核对")
        self._pile = pile
        self.others = QCheckBox()
        self.others.setAccessibleName("没核完的也入库，有错误的行先不入库")
        self.middle.addWidget(self.others)
        self.others.toggled.connect(self._say)
        bind(self, (("Space", self._toggle_others),))

    def ask_all(self) -> None:
        """Say what waits; nothing where nothing can be taken in."""
        clean, faulty = self._parts()
        if not clean and not faulty:
            return
        held = sum(w.rows_waiting() for w in faulty)
        self.others.setVisible(bool(faulty))
        self.others.setText(f"没核完的 {len(faulty)} 份也入库，有错误的 {held} 行先不入库（空格）")
        self.others.blockSignals(True)
        self.others.setChecked(not clean)
        self.others.blockSignals(False)
        self.ask("")
        self._say()
        (self.write if clean else self.others).setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_others(self) -> None:
        """Space does what the line says, wherever in the strip the keyboard is: on 入库 it would write without the others."""
        if not self.others.isHidden():
            self.others.toggle()

    def wanted(self) -> list[WaitingDraft]:
        """The files that would be taken in."""
        clean, faulty = self._parts()
        return clean + (faulty if self.others.isChecked() else [])

    def _parts(self) -> tuple[list[WaitingDraft], list[WaitingDraft]]:
        clean = self._pile.faultless()
        return clean, [w for w in self._pile.items if w.can_apply and w not in clean]

    def _say(self) -> None:
        wanted = self.wanted()
        rows, held = sum(w.rows_to_write() for w in wanted), sum(w.rows_waiting() for w in wanted)
        unseen = sum(q.level is Level.WARNING and not all(w.word(f) for f in q.findings) for w in wanted for q in w.questions)
        facts = [line for w in wanted for line in fact_lines(w.draft, w.decided)]
        said = [f"{held} 行先不入库"] if held else []
        said += [f"提醒 {unseen} 处没有逐条看，照收；计划、总投资、名称不变"] if unseen else []
        lines = [*facts[:_FACTS], *(["……"] if len(facts) > _FACTS else []), *said]
        self.title.setText(f"签发前请看　全部入库：{len(wanted)} 份，{rows} 项")
        self.said.setText("\n".join(lines))
        self.said.setVisible(bool(lines))
        self.write.setText(f"入库 {len(wanted)} 份　Enter")
        self.write.setEnabled(bool(wanted))
