"""What is done to a chain's map where it is drawn: forms beside it, moves by keys and mouse; each one act with 撤销."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCompleter, QLineEdit

from hydesk.domain.done import Done
from hydesk.services.mechanisms.chain_map import POSITIONS
from hydesk.services.mechanisms.edit_chain_map import (
    ChainPlace,
    mark_gap,
    move_item,
    move_segment,
    rename_segment,
)
from hydesk.services.registers.write_records import RecordChange, remove_records, write_records
from hydesk.ui.desk import Desk
from hydesk.ui.kit.completing import offer_any_part
from hydesk.ui.kit.form import PanelForm, choice_box, put_words
from hydesk.ui.screens.registers.form import RecordForm
from hydesk.ui.screens.registers.shown_chain import ShownChain


class ChainEdits(QObject):
    """Belongs to the page that shows the map, whose panel it fills."""

    def __init__(self, desk: Desk, page: ShownChain) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.wanted: ChainPlace | None = None
        """What is to be chosen once the map was read again."""

    # Forms ------------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Enter: what is chosen; on 新增环节 a new segment."""
        place = self._page.view.place
        if place is None or not place.segment:
            self.add_segment()
        elif place.key:
            self._edit_item(place)
        else:
            self._edit_segment(place)

    def add_segment(self) -> None:
        """A new segment at the position chosen, with what first stands in it."""
        place = self._page.view.place
        self._new({"position": place.position if place is not None else POSITIONS[0]}, "segment")

    def add_item(self) -> None:
        """An enterprise, project or gap in the segment chosen."""
        place = self._page.view.place
        if place is None or not place.segment:
            self.add_segment()
        else:
            self._new({"position": place.position, "segment": place.segment}, "enterprise")

    def _new(self, values: dict[str, str], first: str) -> None:
        sheet, chain = self._page.held.sheet, self._page.chain
        if sheet is None:
            return
        form = RecordForm(sheet, None)
        for key, words in {"chain": chain, "kind": "已有", **values}.items():
            if key in form.inputs:
                put_words(form.inputs[key], words)
        ledger, register_id, year = self._desk.ledger, sheet.id, self._desk.period.year

        def enter(words: dict[str, str]) -> None:
            changes = [RecordChange(None, k, t) for k, t in words.items() if t]
            place = ChainPlace(words.get("position") or POSITIONS[1], words.get("segment", ""))
            self._write("新增", lambda: write_records(ledger, register_id, changes, year, f"“{chain}”产业链图：新增"),
                        lambda _r: "已新增", form, lambda keys: ChainPlace(place.position, place.segment, keys[0]))

        self._ask(form, enter, first)

    def _edit_item(self, place: ChainPlace) -> None:
        sheet = self._page.held.sheet
        record = next((r for r in sheet.records if r.id == place.key), None) if sheet is not None else None
        if sheet is None or record is None:
            return
        form = RecordForm(sheet, {f.key: sheet.text(f, record) for f in sheet.definition.stored})
        ledger, year, chain, register_id = self._desk.ledger, self._desk.period.year, self._page.chain, sheet.id

        def enter(words: dict[str, str]) -> None:
            changes = [RecordChange(place.key, k, t or None) for k, t in form.changed().items()]
            if not changes:
                self._done()
                return
            self._write("修改", lambda: write_records(ledger, register_id, changes, year, f"“{chain}”产业链图：修改"),
                        lambda _r: "已修改", form,
                        lambda _r: ChainPlace(words.get("position") or POSITIONS[1], words.get("segment", ""), place.key))

        self._ask(form, enter, "enterprise")

    def _edit_segment(self, place: ChainPlace) -> None:
        form = PanelForm(f"修改环节　{place.segment}")
        form.ask("name", "环节名称　*", QLineEdit(), place.segment)
        form.ask("to", "环节位置", choice_box("环节位置", POSITIONS, free=False), place.position)
        ledger, chain = self._desk.ledger, self._page.chain

        def enter(words: dict[str, str]) -> None:
            self._write("修改环节", lambda: rename_segment(ledger, chain, place, words["name"], words["to"]), lambda _r: "已修改环节",
                        form, lambda _r: ChainPlace(words["to"], " ".join(words["name"].split())))

        self._ask(form, enter, "name")

    def _ask(self, form: PanelForm, enter: Callable[[dict[str, str]], None], first: str) -> None:
        line = form.inputs.get("enterprise")
        if isinstance(line, QLineEdit):
            known = QCompleter(list(self._page.held.enterprises), line)
            offer_any_part(known)
            line.setCompleter(known)
            line.setPlaceholderText("可选台账里的业主单位")
        form.entered.connect(enter)
        self._page.panel.show_form(form)
        form.begin(first if first in form.inputs else "")

    # Moves ------------------------------------------------------------------------------------------------

    def step(self, across: int, down: int) -> None:
        """Ctrl+arrows: one place up or down, one column to the left or right."""
        place = self._page.view.place
        columns = self._columns()
        if place is None or not place.segment or place.position not in columns:
            return
        names = [p for p in POSITIONS if p in columns]
        at = names.index(place.position) + across
        if not 0 <= at < len(names):
            return
        to = names[at]
        segments = [s for s, _ in columns[place.position]]
        own = segments.index(place.segment)
        items = columns[place.position][own][1]
        if not place.key or len(items) == 1:  # what stands alone takes its segment along
            if 0 <= own + down < len(segments):
                self._move_segment(place, to, own + down if down else len(columns[to]))
            return
        here = items.index(place.key)
        if across:
            if columns[to]:
                self._move_item(place, ChainPlace(to, columns[to][min(own, len(columns[to]) - 1)][0]), 10_000)
        elif 0 <= here + down < len(items):
            self._move_item(place, ChainPlace(to, place.segment), here + down)
        elif 0 <= own + down < len(segments):
            self._move_item(place, ChainPlace(to, segments[own + down]), 0 if down > 0 else 10_000)

    def drop(self, place: ChainPlace, goal: ChainPlace, at: int) -> None:
        """What was dragged is let go."""
        if place.key:
            self._move_item(place, goal, at)
        else:
            self._move_segment(place, goal.position, at)

    def _columns(self) -> dict[str, list[tuple[str, list[int]]]]:
        shown = self._page.shown()
        return {} if shown is None else {
            name: [(b.name, [i.key for i in b.items]) for b in boxes] for name, boxes in shown.drawing.columns}

    def _move_segment(self, place: ChainPlace, to: str, at: int) -> None:
        ledger, chain = self._desk.ledger, self._page.chain
        self._write("移动环节", lambda: move_segment(ledger, chain, place, to, at), lambda _r: f"环节“{place.segment}”已移到{to}",
                    None, lambda _r: ChainPlace(to, place.segment, place.key))

    def _move_item(self, place: ChainPlace, goal: ChainPlace, at: int) -> None:
        ledger, chain = self._desk.ledger, self._page.chain
        self._write("移动", lambda: move_item(ledger, chain, place, goal, at), lambda _r: f"已移到环节“{goal.segment}”",
                    None, lambda _r: ChainPlace(goal.position, goal.segment, place.key))

    # Marks ------------------------------------------------------------------------------------------------

    def keys(self) -> list[int]:
        """The records of what is chosen: one, or all of a segment."""
        place = self._page.view.place
        if place is None or not place.segment:
            return []
        if place.key:
            return [place.key]
        return next((k for s, k in self._columns().get(place.position, []) if s == place.segment), [])

    def mark_gap(self) -> None:
        """Ctrl+G: a gap, or none any more."""
        keys, ledger, chain, place = self.keys(), self._desk.ledger, self._page.chain, self._page.view.place
        if keys:
            self._write("标缺口", lambda: mark_gap(ledger, chain, keys), lambda gap: "已标为缺口" if gap else "已取消缺口",
                        None, lambda _r: place)

    def remove(self) -> None:
        """Delete: an item, or a segment with all that stands in it."""
        keys, sheet, place = self.keys(), self._page.held.sheet, self._page.view.place
        if keys and sheet is not None and place is not None:
            ledger, register_id = self._desk.ledger, sheet.id
            said = f"已删除 {len(keys)} 条" if place.key else f"已删除环节“{place.segment}”（{len(keys)} 条）"
            near = ChainPlace(place.position, place.segment if place.key and len(self._siblings(place)) > 1 else "")
            self._write("删除", lambda: remove_records(ledger, register_id, keys), lambda _r: said, None, lambda _r: near)

    def _siblings(self, place: ChainPlace) -> list[int]:
        return next((k for s, k in self._columns().get(place.position, []) if s == place.segment), [])

    def project_of(self, place: ChainPlace | None) -> str:
        """The code of the project that the chosen record names."""
        sheet = self._page.held.sheet
        if place is None or not place.key or sheet is None:
            return ""
        return next((str(r.values.get("project") or "") for r in sheet.records if r.id == place.key), "")

    def _write(self, title: str, work: Callable[[], Done[Any]], said: Callable[[Any], str], form: PanelForm | None,
               where: Callable[[Any], ChainPlace | None]) -> None:
        def done(result: Any) -> None:
            self.wanted = where(result)
            self._done()

        failed = form.say_wrong if form is not None else lambda why: self._desk.notice(why, wrong=True)
        self._page.acts.write(title, work, said, done=done, failed=failed)

    def _done(self) -> None:
        self._page.panel.form = None
        self._page.panel.hide()
        self._page.view.setFocus()
