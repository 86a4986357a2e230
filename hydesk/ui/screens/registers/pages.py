"""The pages of 工作机制 that are no plain registers, by name: made when they are first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hydesk.ui.desk import Desk


def _meeting(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.meeting import MeetingPage

    return MeetingPage(desk)


def _scale(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.scale import ScalePage

    return ScalePage(desk)


def _boards(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.boards import BoardsPage

    return BoardsPage(desk)


def _promises(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.promises import PromisesPage

    return PromisesPage(desk)


def _targets(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.targets import TargetsPage

    return TargetsPage(desk)


def _scores(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.scores import ScoresPage

    return ScoresPage(desk)


def _city(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.city_scores import CityScoresPage

    return CityScoresPage(desk)


def _chain(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.chain import ChainPage

    return ChainPage(desk)


def _tours(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.tours import ToursPage

    return ToursPage(desk)


PAGES: dict[str, tuple[str, Callable[[Desk], QWidget]]] = {
    "meeting": ("调度会", _meeting),
    "scale": ("规模榜单", _scale),
    "boards": ("红黄榜建议", _boards),
    "promises": ("承诺兑现", _promises),
    "tours": ("现场观摩手册", _tours),
    "targets": ("规划评估", _targets),
    "scores": ("县市区考核", _scores),
    "province": ("省对市评价", _city),
    "chain": ("产业链图", _chain),
}
"""The word in the list, and how the page is made."""
