"""The panel of the office's own columns: what there is, making one, changing, retiring and taking one up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hydesk.domain.done import Done
from hydesk.domain.job_progress import Progress
from hydesk.domain.own_columns import ELEMENTS, SHIPPED, OwnColumn, OwnKind, same_name
from hydesk.services.projects.own_columns import (
    add_column,
    add_elements,
    change_column,
    count_values,
    restore_column,
    retire_column,
)
from hydesk.services.standings.own_columns import list_own_columns
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.form import PanelForm, choice_box, words_of
from hydesk.ui.kit.side_panel import SidePanel
from hydesk.ui.kit.words import CHANGE

_NOTE = "台账没有的一栏，在这里起名。建好就能在表里填、粘贴、筛选、排序，随清单和报表读进来、随台账导出；类型建好后不能再改。"
T = TypeVar("T")
Held = tuple[list[OwnColumn], Mapping[int, int]]
"""The columns, retired ones too, and how many projects hold something in each."""


class OwnColumnForm(PanelForm):
    """A new column, or one that is to be changed: its kind stays."""

    def __init__(self, column: OwnColumn | None = None) -> None:
        super().__init__("新建栏目" if column is None else f"修改栏目“{column.name}”", "新建" if column is None else "保存",
                         note=_NOTE if column is None else "改名后，清单和报表里原来的列名照样认得；内容不变。")
        self.column = column
        held = column or OwnColumn("")
        self.ask("name", "名称　*", QLineEdit(), held.name)
        self.kinds = {k.label: k for k in OwnKind}
        if column is None:
            self.kind = choice_box("类型", list(self.kinds), free=False)
            self.ask("kind", "类型", self.kind, OwnKind.TEXT.label)
            self.kind.currentTextChanged.connect(self._show_kind)
        self.long("choices", "选项（一行一个）　*", "\n".join(held.choices), 96)
        self.ask("measure", "计量单位，如 亩、个、%", QLineEdit(), held.measure)
        self.long("names", "清单和报表里的其他叫法（一行一个）", "\n".join(held.names))
        self.asked = QCheckBox("列入填报模板，让各单位填")
        self.asked.setChecked(held.asked)
        self.rows.addWidget(self.asked)
        self._show_kind()

    @property
    def _kind(self) -> OwnKind:
        return self.column.kind if self.column is not None else self.kinds[words_of(self.kind)]

    def _show_kind(self, *_: object) -> None:
        for key, wanted in (("choices", OwnKind.CHOICE), ("measure", OwnKind.NUMBER)):
            for part in (self.names[key], self.inputs[key]):
                part.setVisible(self._kind.base is wanted)

    def faults(self) -> Mapping[str, str]:
        """The name, and the choices where it is to have some."""
        said = self.words()
        faults = {} if said["name"] else {"name": "请填写栏目名称"}
        if self._kind is OwnKind.CHOICE and not said["choices"]:
            faults["choices"] = "请至少填一个选项"
        return faults

    def entry(self) -> OwnColumn:
        """The column as it is wanted."""
        said = self.words()
        return replace(self.column or OwnColumn(""), name=said["name"], kind=self._kind, choices=tuple(said["choices"].split("\n")),
                       measure=said["measure"], names=tuple(said["names"].split("\n")), asked=self.asked.isChecked())


class OwnColumnsPanel(SidePanel):
    """Stands beside the ledger's table while it is asked for. ``made`` with the key of a column that was just made."""

    made = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "自建栏目", parent)
        self._desk = desk
        self.hide()

    def open(self, new: bool = False) -> None:
        """Show what there is; the form of a new column where one is wanted."""
        if new:
            self._form(None)
        else:
            self.read()

    def read(self) -> None:
        """Read the columns again."""
        ledger = self._desk.ledger

        def work(_progress: Progress) -> Held:
            return list_own_columns(ledger, retired=True), count_values(ledger)

        self._desk.jobs.start("读取自建栏目", work, self, done=self._list, quiet=True)

    def _list(self, held: Held) -> None:
        columns, filled = held
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 8, 4)
        layout.setSpacing(10)
        if not columns:
            layout.addWidget(label("还没有自建栏目。", "quiet"))
        for column in columns:
            layout.addLayout(self._line(column, filled.get(column.id, 0)))
        known = {same_name(h) for c in columns for h in c.heads}
        for column in (c for c in SHIPPED if same_name(c.name) not in known):
            layout.addWidget(button(f"加上“{column.name}”", partial(self._add, column), kind="link"))
        if any(same_name(c.name) not in known for c in ELEMENTS):
            layout.addWidget(button("加上要素栏目（用地、资金缺口）", self._add_elements, kind="link",
                                    tip="、".join(c.head for c in ELEMENTS)))
        layout.addStretch(1)
        self.show_body("自建栏目", body)
        self.pin((button("新建栏目…", lambda: self._form(None), kind="primary"),))

    def _line(self, column: OwnColumn, filled: int) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label(column.name + ("（已停用）" if column.retired else ""), "quiet" if column.retired else "heading", wrap=True), 1)
        if column.retired:
            head.addWidget(button("恢复", partial(self._restore, column), kind="link", tip=f"恢复“{column.name}”"))
        else:
            head.addWidget(button(CHANGE, partial(self._form, column), kind="link", tip=f"修改“{column.name}”"))
            head.addWidget(button("停用", partial(self._retire, column), kind="link", tip="不再显示，内容都留着"))
        lines.addLayout(head)
        said = [column.kind.label, "、".join(column.choices) or column.measure, f"{filled} 个项目有内容",
                "列入填报模板" if column.asked else ""]
        lines.addWidget(label("　".join(s for s in said if s), "small", wrap=True))
        return lines

    def _form(self, column: OwnColumn | None) -> None:
        form = OwnColumnForm(column)
        form.entered.connect(self._add if column is None else self._change)
        self.show_form(form)
        form.left.disconnect(self.close_body)
        form.left.connect(self.read if column is not None else self.close_body)
        form.begin("name")

    def _add(self, column: OwnColumn) -> None:
        self._write("新建栏目", lambda: add_column(self._desk.ledger, column), f"已新建栏目“{column.name}”",
                    lambda key: self.made.emit(replace(column, id=key).key))

    def _add_elements(self) -> None:
        self._write("加上要素栏目", lambda: add_elements(self._desk.ledger), "已加上要素栏目，列入填报模板")

    def _change(self, column: OwnColumn) -> None:
        self._write("修改栏目", lambda: change_column(
            self._desk.ledger, column.id, name=column.name, choices=column.choices, measure=column.measure, names=column.names,
            asked=column.asked),
            f"栏目“{column.name}”已保存")

    def _retire(self, column: OwnColumn) -> None:
        self._write("停用栏目", lambda: retire_column(self._desk.ledger, column.id), f"已停用栏目“{column.name}”，内容都留着")

    def _restore(self, column: OwnColumn) -> None:
        self._write("恢复栏目", lambda: restore_column(self._desk.ledger, column.id), f"已恢复栏目“{column.name}”")

    def _write(self, title: str, work: Callable[[], Done[T]], said: str, then: Callable[[T], None] | None = None) -> None:
        """Write, then show the list again; why it was refused is said in the form, where there is one."""
        form = self.form

        def done(value: T) -> None:
            if then is not None:
                then(value)
            self.read()

        self._desk.operations.run(title, work, self, said, done=done, refused=form.say_wrong if form is not None else None)
