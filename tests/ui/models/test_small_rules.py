"""Small rules of the window that need none: what a click on a figure does, acts in slices, which ledger a way opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from hydesk.domain.meaning import Meaning
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.ui.frame import opening
from hydesk.ui.frame.opening import MakeDemo, OpenLedger, exists, title_of, told
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens.reports.figure_links import _link, said
from hydesk.ui.screens.returns.slices import Slices


def test_a_click_on_a_figure_is_said_by_what_it_leads_to() -> None:
    assert said(OpenProject(3)) == "打开这个项目"
    assert said(LedgerQuery(only=frozenset((1, 2)))) == "看它的 2 个项目"
    assert said(LedgerQuery()) == "在台账里看它的项目"


@pytest.mark.parametrize(("key", "whole", "link"), [
    ("lagging.count", False, LedgerQuery(only=frozenset((1, 2)), called="报告里的 9")), ("project:7.plan", False, OpenProject(7)), ("project:七.plan", True, None),
    ("unit:7.plan", False, None), ("meaning.on_track", True, LedgerQuery(meanings=frozenset((Meaning.ON_TRACK,)))), ("meaning.odd", True, None), ("meaning.on_track", False, None),
    ("all.count", True, LedgerQuery()), ("all.odd", True, None), ("unit:衡南县.count", True, LedgerQuery(units=frozenset(("衡南县",)))), ("unit:.count", True, None), ("odd:衡南县.count", True, None), ("odd", True, None)])
def test_a_figure_leads_to_its_projects_where_its_key_says_which(key: str, whole: bool, link: Any) -> None:
    assert _link(key, "9", {"lagging.count": (1, 2), "unit:衡南县.plan": ()}, whole=whole) == link


def test_an_act_goes_on_slice_by_slice_and_a_new_one_takes_its_place() -> None:
    done: list[str] = []
    owner = QObject()
    slices = Slices(owner)

    def act(name: str, begins: Iterator[None] | None = None) -> Iterator[None]:
        for n in (1, 2, 3):
            done.append(f"{name}{n}")
            if begins is not None and n == 2:
                slices.run(begins)
            yield

    slices.run(act("a"))
    assert (done, slices._next.isActive()) == (["a1"], True)
    for _ in range(9):
        QCoreApplication.processEvents()
    assert done == ["a1", "a2", "a3"]
    slices.run(act("b"), at_once=True)
    assert done[3:] == ["b1", "b2", "b3"]
    slices.run(act("c", act("d")))
    for _ in range(9):
        QCoreApplication.processEvents()
    assert done[6:] == ["c1", "c2", "d1", "d2", "d3"], "what is left of the one before is dropped"
    slices.run(act("e"))
    slices.stop()
    for _ in range(4):
        QCoreApplication.processEvents()
    assert done[11:] == ["e1"]


@pytest.mark.parametrize(("way", "there", "how"), [
    (OpenLedger("台账.hydesk"), True, {"check_beside": True}), (OpenLedger("台账.hydesk", read_only=True), True, {"read_only": True}), (MakeDemo("台账.hydesk"), True, {"check_beside": True}),
    (MakeDemo("台账.hydesk"), False, "made")])
def test_a_ledger_that_is_there_is_opened_as_the_way_says(monkeypatch: pytest.MonkeyPatch, way: Any, there: bool, how: Any) -> None:
    from hydesk.services.demonstration import make_demo

    monkeypatch.setattr(opening, "open_ledger", lambda location, **more: (location, more))
    monkeypatch.setattr(opening, "with_kept_password", lambda location: f"{location}!")
    monkeypatch.setattr(make_demo, "make_demo_ledger", lambda location, progress: (location, "made"))
    assert opening._open(way, there, lambda *_: None) == (("台账.hydesk", "made") if how == "made" else ("台账.hydesk!", how))


def test_what_is_being_done_and_what_came_of_it(tmp_path: Path) -> None:
    ways = [MakeDemo("a"), OpenLedger("a"), OpenLedger("a", read_only=True)]
    assert [title_of(w) for w in ways] == ["准备演示台账", "打开台账", "只读打开台账"]
    assert [told(w) for w in ways] == ["", "", ""]
    (tmp_path / "a").touch()
    assert [exists(str(tmp_path / n)) for n in ("a", "b")] == [True, False]
    assert exists("postgresql://nowhere/x")
