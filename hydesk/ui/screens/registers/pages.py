"""The pages of mechanisms that are no plain registers, by name: made when they are first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hydesk.numpy_aside import let_in
from hydesk.ui.desk import Desk


def _meeting(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.meeting import MeetingPage

    return MeetingPage(desk)


def _outlook(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.outlook import OutlookPage

    return OutlookPage(desk)


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
    let_in()  # its chart is drawn with it
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


PAGES: dict[str, Callable[[Desk], QWidget]] = {
    "meeting": _meeting, "outlook": _outlook, "scale": _scale, "boards": _boards, "promises": _promises, "tours": _tours, "targets": _targets,
    "scores": _scores, "province": _city, "chain": _chain,
}
"""How each page is made."""
