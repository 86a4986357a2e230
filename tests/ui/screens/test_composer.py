"""自编句子 and the parts of a form: picked, tried while typed, kept, taken back; sentences and tables left out one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.reports.compile_report import ReportKind
from hydesk.services.reports.own_sentences import own_sentences
from hydesk.services.reports.report_forms import PartForm, ReportForm, report_form
from hydesk.ui.desk import Desk
from hydesk.ui.screens.reports.composer import Composer
from hydesk.ui.screens.reports.form_panel import FormPanel

Settle = Callable[[Desk], None]
MONTHLY = ReportKind.MONTHLY


def test_a_sentence_is_picked_tried_kept_and_taken_back(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    made = Composer(desk)
    qtbot.addWidget(made)
    made.look(MONTHLY, desk.period)
    made.show()
    settle(desk)
    assert made.picker.measure.currentText() == "完成率"
    made.text.setPlainText("省重点完成")
    made.text.moveCursor(made.text.textCursor().MoveOperation.End)
    made.picker.scope.setCurrentText("省")
    made.picker.measure.setCurrentText("完成率")
    made.picker.than.setCurrentText("比全部项目")
    made.picker.insert()
    made.picker.scope.setCurrentText("全部")
    made.picker.measure.setCurrentText("个数")
    made.picker.insert()
    assert made.text.toPlainText() == "省重点完成{省.比总体}{个数}"
    made.try_now()
    assert made.shown.text() == "当期：省重点完成低于总体3.62个百分点388"
    made.text.setPlainText("388个{完程}")
    made.try_now()
    assert "没有“完程”这个指标" in made.notes.text()
    assert "手写的数不会跟着变：388个" in made.notes.text()
    assert not made.keep.isEnabled()
    made.text.setPlainText("1-6月，全市388个重点项目完成投资537.02亿元。")
    made.learn()
    assert made.text.toPlainText() == "{期间}，{全市}{个数}个重点项目完成投资{完成}亿元。"
    made.try_now()
    made.heading.setText("总的")
    made.save()
    settle(desk)
    assert [(s.key, s.heading, s.into) for s in own_sentences(desk.ledger)] == [("own:1", "总的", "")]
    assert PartForm("own:1") in report_form(desk.ledger, MONTHLY).parts
    assert made.which.currentData() == "own:1"
    undo_last(desk.ledger)
    assert own_sentences(desk.ledger) == ()


def test_sentences_and_tables_of_a_part_are_left_out_one_by_one(qtbot: QtBot) -> None:
    panel = FormPanel()
    qtbot.addWidget(panel)
    form = ReportForm(parts=(PartForm("by_unit", without=("by_unit.1",)), PartForm("overall")))
    panel.show_form(MONTHLY, form, {"by_unit": [("by_unit.table", "表：汇总表")], "overall": [("overall.whole", "全市重点项目388个。")]})
    assert panel.form() == replace(form, parts=panel.form().parts)
    assert panel.form().parts[:2] == (PartForm("by_unit", without=("by_unit.1",)), PartForm("overall"))
    panel.parts.setCurrentRow(0)
    shown = [(panel.pieces.item(i).text(), panel.pieces.item(i).checkState()) for i in range(panel.pieces.count())]
    assert shown == [("表：汇总表", Qt.CheckState.Checked), ("（没有印的）by_unit.1", Qt.CheckState.Unchecked)]
    panel.pieces.item(0).setCheckState(Qt.CheckState.Unchecked)
    panel.pieces.item(1).setCheckState(Qt.CheckState.Checked)
    panel.parts.setCurrentRow(1)
    panel.pieces.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert panel.form().parts[:2] == (PartForm("by_unit", without=("by_unit.table",)), PartForm("overall", without=("overall.whole",)))
