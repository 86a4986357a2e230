"""Files in, one after the other: what is told meanwhile, what a bad one does to the others, which of them are blank forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from hydesk.domain.errors import Cancelled
from hydesk.domain.fields import Field
from hydesk.domain.return_states import REJECTED
from hydesk.excel.collect import Source
from hydesk.services.returns import know_ledger
from hydesk.ui.requests import FillForm
from hydesk.ui.screens.returns import blanks, intake
from hydesk.ui.screens.returns.blanks import BlankForms
from hydesk.ui.screens.returns.intake import Intake, finished_words
from tests.ui.models.standing_in import StandInDesk
from tests.ui.models.test_waiting import JUNE, MAY, draft, row

LEDGER: Any = "a ledger"


def _file(name: str, content: bytes, **more: Any) -> Source:
    return Source(name, Path(name), content, **more)


class _Run:
    """An intake of ``sources``, of which it is known in which month they are."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, sources: Sequence[Source], said: Any = None) -> None:
        self.desk = StandInDesk(LEDGER, JUNE)
        self.intake = Intake(self.desk)  # type: ignore[arg-type]
        self.arrived: list[Any] = []
        self.ends: list[tuple[Any, ...]] = []
        self.read: list[tuple[Any, ...]] = []
        self.intake.arrived.connect(self.arrived.append)
        self.intake.finished.connect(lambda *end: self.ends.append(end))
        monkeypatch.setattr(intake, "collect_returns", lambda _paths: list(sources))
        monkeypatch.setattr(intake, "said_period", lambda _ledger, files, _now: said if files else None)
        monkeypatch.setattr(intake, "read_return", self._read)
        monkeypatch.setattr(know_ledger, "know_ledger", lambda _ledger, _period, before: (before or 0) + 1)
        self.intake.take(["a folder"])

    def _read(self, ledger: Any, file: tuple[str, bytes], period: Any, unit: str | None = None, *, progress: Any, known: int = 0) -> Any:
        assert ledger is LEDGER
        self.read.append((file[0], period, unit, known))
        progress(0.5, f"正在读 {file[0]}")
        if b"broken" in file[1]:
            raise ValueError("a mistake of the program's")
        return draft(sha=file[0], status=REJECTED if b"odd" in file[1] else "ready", period=period)


@pytest.mark.logs_warnings
def test_a_bad_file_never_stops_the_rest_and_each_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    run = _Run(monkeypatch, [_file("一", b"good"), _file("二", b"", problem="“二”读不了"), _file("三", b"broken"), _file("~四", b"", skipped=True), _file("五", b"odd")])
    first = run.desk.jobs.asked[0]
    first.run()
    assert first.told == [(0.0, "正在找文件")]
    second = run.desk.jobs.asked[1]
    second.run()
    QCoreApplication.processEvents()
    assert second.told == [(0.125, "正在读 一（1／4）"), (0.625, "正在读 三（3／4）"), (0.875, "正在读 五（4／4）")]
    assert [(d.name, d.status) for d in run.arrived] == [("一.xlsx", "ready"), ("二", REJECTED), ("三", REJECTED), ("五.xlsx", REJECTED)]
    assert [f.message for d in run.arrived[1:3] for f in d.understanding.findings] == [
        "“二”读不了", "“三”读取时程序出错，这份没有收；其他文件不受影响，请把日志交给维护人员"]
    assert run.ends == [(4, 3, 1, None)]
    assert [known for *_, known in run.read] == [1, 2, 3], "what is known of the ledger is taken on from file to file"
    assert (run.desk.jobs.failed.all, run.desk.notices) == ([], [])


def test_files_of_another_month_turn_the_window_to_it_unless_somebody_turned_it_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [_file("一", b"good")]
    for said, turned, wanted in ((MAY, None, (MAY, JUNE)), (None, None, (JUNE, None)), (MAY, MAY, (MAY, JUNE))):
        run = _Run(monkeypatch, files, said)
        if turned is not None:
            run.desk.set_period(turned)
        for at in (0, 1):
            run.desk.jobs.asked[at].run()
        assert (run.read[0][1], run.ends[0][3]) == wanted
    run = _Run(monkeypatch, files, MAY)
    run.desk.set_period(replace(JUNE, number=4))
    for at in (0, 1):
        run.desk.jobs.asked[at].run()
    assert (str(run.read[0][1]), run.ends[0][3]) == ("2023-04", None)


def test_nothing_of_files_without_content_turns_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    run = _Run(monkeypatch, [_file("二", b"", problem="“二”读不了")], MAY)
    for at in (0, 1):
        run.desk.jobs.asked[at].run()
    assert (run.desk.period, run.ends) == (JUNE, [(1, 1, 0, None)])


@pytest.mark.parametrize("at", [0, 1])
def test_who_cancels_is_told_that_what_was_read_stays(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    run = _Run(monkeypatch, [_file("一", b"good")])
    run.desk.jobs.asked[0].run()

    def stopped(*_more: Any, **_named: Any) -> Any:
        raise Cancelled

    monkeypatch.setattr(intake, "collect_returns", stopped)
    monkeypatch.setattr(intake, "read_return", stopped)
    run.desk.jobs.asked[at].run()
    assert run.desk.notices == ["已取消收报，已读出的保留在待入库"]
    assert run.arrived == []


def test_a_file_is_read_again_as_another_units(monkeypatch: pytest.MonkeyPatch) -> None:
    run = _Run(monkeypatch, [])
    again: list[Any] = []
    run.intake.again_read.connect(again.append)
    run.intake.again(draft(sha="一", period=MAY), "祁东县")
    run.desk.jobs.asked[-1].run()
    assert run.read == [("一.xlsx", MAY, "祁东县", 0)]
    assert [d.name for d in again] == ["一.xlsx.xlsx"]


@pytest.mark.parametrize(("counts", "words"), [
    ((0, 0, 0, 0), "没有找到报表"), ((0, 0, 2, 0), "没有找到报表，另有 2 个临时文件跳过"), ((3, 0, 0, 0), "读完 3 份文件，请核对后入库"),
    ((3, 1, 0, 0), "读完 3 份文件，其中 1 份不能收，打开看原因，请核对后入库"), ((2, 2, 1, 0), "读完 2 份文件，其中 2 份不能收，打开看原因，另有 1 个临时文件跳过"),
    ((2, 0, 1, 1), "读完 2 份文件，1 份重复收到，另有 1 个临时文件跳过，请核对后入库")])
def test_what_came_of_a_run_is_said(counts: tuple[int, int, int, int], words: str) -> None:
    assert finished_words(*counts) == words


# Blank forms ----------------------------------------------------------------------------------------------------

TOLD = replace(draft(rows=(replace(row(4), values={Field.MONTH_INVESTMENT: 1}),), sha="报"), content=b"x")
EMPTY = [replace(draft(rows=(row(4),), sha=sha), content=b"x") for sha in ("甲", "乙")]


def test_only_files_that_tell_nothing_are_looked_at_for_blank_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, owner = StandInDesk(LEDGER, JUNE), QObject()
    held = BlankForms(desk, owner)  # type: ignore[arg-type]
    looked: list[Any] = []
    monkeypatch.setattr(blanks, "blank_forms", lambda ledger, drafts, period: looked.append((ledger, [d.name for d in drafts], period)) or drafts[:len(looked)])
    held.note(TOLD)
    held.note(draft(sha="无内容"))
    held.look()
    assert desk.jobs.asked == []
    found: list[Any] = []
    held.found.connect(found.append)
    for n, words in ((1, "“甲.xlsx”里没有数，像是要填的空表。点“从台账填好”，填完再看"), (2, "2 份文件里没有数，像是要填的空表。点“从台账填好”，填完再看")):
        for one in (TOLD, *EMPTY):
            held.note(one)
        held.look()
        desk.jobs.asked[-1].run()
        assert (looked[-1], desk.notices[-1]) == ((LEDGER, ["甲.xlsx", "乙.xlsx"], JUNE), words)
        assert desk.undo is not None
        desk.undo()
        assert (found[-1], desk.gone[-1]) == (["甲.xlsx", "乙.xlsx"][:n], ("reports", FillForm(files=tuple((d.name, b"x") for d in EMPTY[:n]))))
    held.look()
    assert len(desk.jobs.asked) == 2, "what was looked at once is not looked at again"
    held.note(EMPTY[0])
    monkeypatch.setattr(blanks, "blank_forms", lambda *_: [])
    held.look()
    desk.jobs.asked[-1].run()
    assert len(desk.notices) == 2
