"""Open a ledger, making it first where there is none; what was made for nothing is taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.db.locations import file_of, is_url, only_readable
from hydesk.domain.errors import HydeskError
from hydesk.services.upkeep.open_ledger import create_ledger, discard, is_there, open_ledger
from hydesk.temporary import temporary_folder


class NothingDone(Exception):
    """Raised inside ``open_or_create`` to say that a ledger made for this work is not wanted after all."""


@contextmanager
def open_or_create(location: str) -> Iterator[Ledger]:
    """The ledger at ``location``, closed at the end. One made here is removed when the work raises.

    ``NothingDone`` ends the work quietly; every other exception goes on to the caller.
    """
    if isinstance(location, PastLocation):
        raise HydeskError("过去的台账只能看，不能写入；请去掉 --as-of 再做")
    made = not is_there(location)
    try:
        ledger = create_ledger(location) if made else open_ledger(location)
    except HydeskError:
        if not made or not is_there(location):
            raise
        made, ledger = False, open_ledger(location)  # another process was quicker
    try:
        yield ledger
    except BaseException as error:
        if made:
            discard(ledger)
        if not isinstance(error, NothingDone):
            raise
    finally:
        ledger.close()


class PastLocation(str):
    """A ledger's place, to be read as it stood at ``moment``: a day's end, or a moment. Nothing is written there."""

    moment: date

    @classmethod
    def of(cls, location: str, moment: date) -> PastLocation:
        """The ledger at ``location`` as of ``moment``."""
        made = cls(location)
        made.moment = moment
        return made


@contextmanager
def opened(location: str) -> Iterator[Ledger]:
    """The ledger at ``location``, closed at the end. Raises HydeskError where there is none, saying how to make one.

    The pages of a large one are looked at while it is read; nothing is written before they are found whole, and what was
    read of a damaged one is told as such at the end.
    """
    if not is_url(location) and not file_of(location).exists():
        raise HydeskError(
            f"还没有台账“{file_of(location)}”。新建用 ledger new，从项目清单建立用 ledger import，看演示用 demo。"
        )
    ledger = open_ledger(location, read_only=only_readable(location), check_beside=True)
    ledger.begin_check()
    try:
        if isinstance(location, PastLocation):
            from hydesk.services.upkeep.ledger_as_of import ledger_as_of

            past = ledger_as_of(ledger, location.moment)
            try:
                yield past
            finally:
                past.close()
        else:
            yield ledger
        ledger.wait_until_checked()
    finally:
        ledger.close()


@contextmanager
def opened_or_trial(location: str) -> Iterator[Ledger]:
    """The ledger at ``location``, or, where there is none, an empty one that is thrown away at the end."""
    if is_there(location):
        with opened(location) as held:
            yield held
        return
    with temporary_folder() as folder:
        made = create_ledger(Path(folder, "试读.hydesk"))
        try:
            yield made
        finally:
            made.close()
