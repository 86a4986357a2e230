"""Ways to come to an open ledger, and what the window needs to know of it; all off the UI thread."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hydesk.dataclass import dataclass
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.server_address import ServerAddress, is_address
from hydesk.services.upkeep.kept_password import keep_password, with_kept_password
from hydesk.services.upkeep.ledger_as_of import ledger_as_of
from hydesk.services.upkeep.lock_ledger import Holder, LedgerHeld, LedgerLock, take_lock
from hydesk.services.upkeep.open_ledger import Ledger, create_ledger, open_ledger
from hydesk.services.upkeep.open_or_create import PastLocation

if TYPE_CHECKING:
    from hydesk.services.upkeep.start_ledger import ListPreview

LEDGER_ENDING = ".hydesk"


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """Open the ledger that lies at ``location``."""

    location: str
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class OpenServer:
    """Open the ledger on a server; ``keep``: let the system keep the password once it was right. With ``carried``, a
    ledger's file, that is moved there first."""

    address: ServerAddress
    password: str
    keep: bool
    carried: str = ""

    @property
    def location(self) -> str:
        """The address without the password."""
        return self.address.place


@dataclass(frozen=True, slots=True)
class MakeDemo:
    """Open the demonstration ledger at ``location``, made there first where there is none."""

    location: str


@dataclass(frozen=True, slots=True)
class MakeEmpty:
    """Make a ledger without projects."""

    location: str


@dataclass(frozen=True, slots=True)
class MakeFromList:
    """Make a ledger from a project list that was looked at."""

    location: str
    preview: ListPreview


@dataclass(frozen=True, slots=True)
class AskServer:
    """Ask where the server is, to open a ledger there, or to move the file ``carried`` to it."""

    carried: str = ""


Way = OpenLedger | OpenServer | MakeDemo | MakeEmpty | MakeFromList


def told(way: Way) -> str:
    """What to say once the way was gone; empty where the window says it all."""
    if isinstance(way, OpenServer) and way.carried:
        return f"已搬到服务器，逐行核对一致。原来的文件“{Path(way.carried).name}”还在，请另存作备份，以后不要再用它"
    if not isinstance(way, MakeFromList):
        return ""
    left_out = way.preview.left_out
    return f"台账建好了：{way.preview.projects} 个项目" + (f"；{left_out} 行没有取，改好后可再导入" if left_out else "")


@dataclass(frozen=True, slots=True)
class Opening:
    """An open ledger: the period to show first, the periods that are known, and the lock that keeps others out.

    ``past`` is what is shown where only the ledger as it stood is asked for.
    """

    way: Way
    ledger: Ledger
    period: Period
    offered: tuple[Period, ...]
    lock: LedgerLock | None = None
    past: Ledger | None = None

    @property
    def shown(self) -> Ledger:
        """The ledger to look at."""
        return self.past or self.ledger

    def close(self) -> None:
        """Give ledger and lock back."""
        for one in (self.past, self.ledger):
            if one is not None:
                one.close()
        if self.lock is not None:
            self.lock.release()


def title_of(way: Way) -> str:
    """What is being done, for the line of work."""
    if isinstance(way, MakeDemo):
        return "准备演示台账"
    if isinstance(way, OpenServer):
        return "搬到服务器" if way.carried else "连接服务器"
    if isinstance(way, OpenLedger):
        return "只读打开台账" if way.read_only else "打开台账"
    return "新建台账"


def exists(location: str) -> bool:
    """Whether there is a ledger to open; one on a server is believed to be there."""
    return is_address(location) or Path(location).exists()


def go(way: Way, kept_period: str, progress: Progress) -> Opening:
    """Open or make the ledger. Raises HydeskError; LedgerHeld where another window has it open."""
    lock: LedgerLock | None = None
    there = exists(way.location)
    if there and not (isinstance(way, OpenLedger) and way.read_only):
        lock = _lock(way.location)
    ledger: Ledger | None = None
    past: Ledger | None = None
    try:
        ledger = _open(way, there, progress)
        if isinstance(way.location, PastLocation):
            past = ledger_as_of(ledger, way.location.moment)
        if lock is None and not ledger.read_only:
            lock = _lock(way.location)  # a ledger just made
        period, offered = periods_of(past or ledger, kept_period)
    except BaseException:
        for one in (past, ledger):
            if one is not None:
                one.close()
        if lock is not None:
            lock.release()
        raise
    return Opening(way, ledger, period, offered, lock, past)


def _open(way: Way, there: bool, progress: Progress) -> Ledger:
    if isinstance(way, MakeFromList):
        from hydesk.services.upkeep.start_ledger import start_ledger

        return start_ledger(way.location, way.preview, progress=progress)
    if isinstance(way, MakeEmpty):
        return create_ledger(way.location)
    if isinstance(way, MakeDemo) and not there:
        from hydesk.services.demonstration.make_demo import make_demo_ledger

        return make_demo_ledger(way.location, progress=progress)
    if isinstance(way, OpenServer):
        return _open_server(way, progress)
    location = with_kept_password(way.location)
    if isinstance(way, OpenLedger) and way.read_only:
        return open_ledger(location, read_only=True)
    return open_ledger(location, check_beside=True)


def _open_server(way: OpenServer, progress: Progress) -> Ledger:
    location = way.address.location(way.password)
    if way.carried:
        from hydesk.services.upkeep.move_ledger import move_to_server

        source = open_ledger(way.carried, read_only=True)
        try:
            move_to_server(source, location, progress)
        finally:
            source.close()
    ledger = open_ledger(location)
    keep_password(way.address, way.password if way.keep else "")
    return ledger


def _lock(location: str) -> LedgerLock | None:
    """Raises LedgerHeld where another window has the ledger open."""
    if is_address(location) or not Path(location).is_file():
        return None
    taken = take_lock(Path(location).absolute())
    if isinstance(taken, Holder):
        raise LedgerHeld(f"{taken}。同一本台账只能有一个窗口修改；可以只读打开，先看不改。")
    return taken


def periods_of(ledger: Ledger, kept: str = "") -> tuple[Period, tuple[Period, ...]]:
    """The month to show first, and all known: ``kept`` where the ledger has its year, else the newest with figures or
    with returns that wait."""
    from hydesk.services.acts.keep_import import waiting_periods
    from hydesk.services.standings.list_standings import known_periods, ledger_years

    known = {*known_periods(ledger), *waiting_periods(ledger)}
    months = sorted((p for p in known if p.is_month), key=lambda p: p.sort_key)
    years = ledger_years(ledger)
    return _first(kept, months, years), tuple(months + [Period.month(y, 12) for y in years])


def _first(kept: str, months: list[Period], years: list[int]) -> Period:
    if kept:
        try:
            period = Period.parse(kept)
            if period.is_month and period.year in years:
                return period
        except ValueError:
            pass
    today = date.today()
    if months:
        return months[-1]
    year = years[-1] if years else today.year
    return Period.month(year, today.month if year == today.year else 1)
