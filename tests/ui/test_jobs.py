"""Jobs: progress, cancel, errors, one writer at a time."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.ui.jobs import Jobs


def test_a_result_arrives_on_the_ui_thread(qtbot: QtBot) -> None:
    jobs, owner, got = Jobs(), QObject(), []
    here = QThread.currentThread()
    jobs.start("数", lambda _p: (threading.get_ident(), 42), owner,
               done=lambda r: got.append((r, QThread.currentThread() is here)))
    qtbot.waitUntil(lambda: bool(got))
    (ident, result), on_ui = got[0]
    assert (result, on_ui) == (42, True)
    assert ident != threading.get_ident()


def test_cancel_stops_the_work_at_its_next_report(qtbot: QtBot) -> None:
    jobs, owner, said = Jobs(), QObject(), []

    def work(progress: Progress) -> None:
        for i in range(10_000):
            progress(i / 10_000, f"第 {i} 步")
            time.sleep(0.002)

    job = jobs.start("数", work, owner, done=lambda _r: said.append("done"), cancelled=lambda: said.append("cancelled"))
    with qtbot.waitSignal(job.progressed, timeout=5000):
        pass
    job.cancel()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["cancelled"]
    qtbot.waitUntil(lambda: not jobs.busy)


def test_an_error_without_a_taker_is_told(qtbot: QtBot) -> None:
    jobs, owner = Jobs(), QObject()

    def work(_progress: Progress) -> None:
        raise HydeskError("文件不见了")

    with qtbot.waitSignal(jobs.failed, timeout=5000) as seen:
        jobs.start("读", work, owner)
    assert str(seen.args[0]) == "文件不见了"


def test_writers_come_one_after_the_other(qtbot: QtBot) -> None:
    jobs, owner = Jobs(), QObject()
    inside, most, ended = [0], [0], []

    def work(_progress: Progress) -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        inside[0] -= 1

    for _ in range(4):
        jobs.start("写", work, owner, done=lambda _r: ended.append(1), writes=True)
    qtbot.waitUntil(lambda: len(ended) == 4)
    assert most == [1]


def test_a_closed_screen_is_not_called_back(qtbot: QtBot) -> None:
    jobs, owner, got = Jobs(), QObject(), []
    go = threading.Event()
    job = jobs.start("等", lambda _p: go.wait(5), owner, done=got.append)
    owner.deleteLater()
    qtbot.wait(20)
    with qtbot.waitSignal(job.ended, timeout=5000):
        go.set()
    assert got == []


def test_finish_waits_for_what_runs(qtbot: QtBot) -> None:
    jobs, owner = Jobs(), QObject()
    left = []

    def work(_progress: Progress) -> None:
        time.sleep(0.1)
        left.append(1)

    jobs.start("写", work, owner, writes=True)
    time.sleep(0.02)
    jobs.finish()
    assert left == [1]
    qtbot.waitUntil(lambda: not jobs.busy)


def test_a_closing_window_waits_no_longer_than_it_says(qtbot: QtBot) -> None:
    jobs, owner, answer = Jobs(), QObject(), threading.Event()
    jobs.start("等服务器", lambda _p: answer.wait(20), owner, writes=True, done=lambda _r: None)
    began = time.monotonic()
    jobs.finish(0.3)
    assert time.monotonic() - began < 2
    answer.set()
    jobs.finish()
    qtbot.waitUntil(lambda: not jobs.busy)


def test_nothing_is_begun_while_the_program_ends(qtbot: QtBot) -> None:
    jobs, owner, said = Jobs(), QObject(), []
    jobs.close()
    job = jobs.start("数", lambda _p: said.append("worked"), owner, done=lambda _r: said.append("done"))
    qtbot.wait(20)
    assert (said, job.stopping, jobs.busy) == ([], True, False)


def test_finish_waits_for_what_began_before_others_ended_too(qtbot: QtBot) -> None:
    jobs, owner, go, left = Jobs(), QObject(), threading.Event(), list[int]()

    def slow(_progress: Progress) -> None:
        go.wait(5)
        time.sleep(0.05)
        left.append(1)

    jobs.start("写", slow, owner, writes=True)
    for _ in range(2):
        jobs.start("读", lambda _p: None, owner)
        qtbot.waitUntil(lambda: sum(not f.done() for f in jobs._futures) == 1)
    jobs.start("读", lambda _p: go.set(), owner)
    jobs.finish()
    assert left == [1]
    qtbot.waitUntil(lambda: not jobs.busy)


def test_closing_gives_every_thread_back(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    jobs, owner = Jobs(), QObject()
    for writes in (False, True):
        jobs.start("做", lambda _p: None, owner, writes=writes)
    own = set(threading.enumerate()) - before
    assert {t.name.rpartition("_")[0] for t in own} == {"hydesk-read", "hydesk-write"}
    jobs.close()
    assert not any(t.is_alive() for t in own)
    qtbot.waitUntil(lambda: not jobs.busy)
