"""What is looked after once a window stands takes no time from its first screen."""

from __future__ import annotations

from threading import Event

from pytestqt.qtbot import QtBot

from hydesk.ui.frame.upkeep import Calm
from hydesk.ui.jobs import Jobs


def test_it_waits_until_the_first_screen_has_read(qtbot: QtBot) -> None:
    jobs, read, came = Jobs(), Event(), []
    calm = Calm(jobs, jobs)
    calm.come.connect(lambda: came.append(read.is_set()))
    jobs.start("读取", lambda _p: read.wait(10), jobs, quiet=True)
    qtbot.wait(350)
    assert not came
    with qtbot.waitSignal(calm.come, timeout=4000):
        read.set()
    jobs.close()
    assert came == [True]


def test_it_comes_where_nothing_is_read(qtbot: QtBot) -> None:
    jobs = Jobs()
    with qtbot.waitSignal(Calm(jobs, jobs).come, timeout=4000):
        pass
    jobs.close()
