"""What is told, and how soon, when a server freezes, its way is cut, or its disk is full; and what was kept.

    python -m tests.reliability.server_faults        (root: the way is a network of its own, the disk a small one)

Each fault comes while a desk edits. Printed is a line for each: seconds until the desk was told, the sentence, whether the
value came to stand in the ledger, and whether the same edit went through once the fault was over.
"""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import event, make_url

from hydesk.db.ledger import Ledger, connect
from hydesk.db.server import FRESH_SECONDS
from hydesk.db.watch import Heard, ServerWatch
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.reports.kinds import ReportKind
from hydesk.services.acts.undo_acts import acts
from hydesk.services.pages.project_page import project_page
from hydesk.services.projects.attach_file import attach_files, copy_to_open
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.reports.print_report import print_report
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.read_return import read_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.keep_backups import keep_backup
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.postgres import programs, runs_as
from tests.relay import Relay
from tests.reliability.server_storm import DurableServer
from tests.services.made import JUNE, fill

NETWORK, HERE, THERE = "hydesk-fault", "10.77.0.1", "10.77.0.2"
"""A network namespace of the tests' own, and the two ends of the way into it."""
DISK_MB = 96


class FaultyServer(DurableServer):
    """One that can be stopped in its tracks; ``folder`` is where its data lies."""

    @property
    def folder(self) -> Path:
        return self._folder

    def processes(self) -> list[int]:
        """The postmaster and all it started."""
        head = int((self._data / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["pgrep", "-P", str(head)], capture_output=True, text=True, check=False).stdout.split()
        return [head, *map(int, children)]


def _edit(ledger: Ledger, value: str) -> tuple[float, str]:
    """How long an edit took, and what was told; empty where it went through."""
    began = time.monotonic()
    try:
        edit_project(ledger, 1, Field.REMARK, value)
    except HydeskError as error:
        return time.monotonic() - began, str(error)
    return time.monotonic() - began, ""


def _report(what: str, place: str, value: str, told: tuple[float, str], again: tuple[float, str]) -> bool:
    with psycopg.connect(make_url(place).set(drivername="postgresql").render_as_string(hide_password=False)) as asked:
        stands = asked.execute("SELECT count(*) FROM change_log WHERE new = %s", [value]).fetchone()
    ledger = connect(place)
    whole = not [f for f in check_open(ledger) if f.level.value == "error"]
    count = len(acts(ledger))
    ledger.close()
    print(f"{what} | {told[0]:.1f} s | {told[1] or '（写进去了）'} | 台账里 {stands[0] if stands else 0} 处 | "
          f"过后再写：{'成' if not again[1] else again[1]} | 检查{'完好' if whole else '有错'}，{count} 步")
    return whole and not again[1]


def frozen(server: FaultyServer, place: str) -> bool:
    """SIGSTOP for every process of the server, in the middle of a stream of edits."""
    ledger = connect(place)
    _edit(ledger, "暖")
    stopped = server.processes()
    for one in stopped:
        os.kill(one, signal.SIGSTOP)
    told = _edit(ledger, "冻住时写的")
    for one in stopped:
        os.kill(one, signal.SIGCONT)
    time.sleep(1)
    again = _edit(ledger, "冻过以后写的")
    ledger.close()
    return _report("服务器全部进程停住", place, "冻住时写的", told, again)


def full_disk(server: FaultyServer, place: str) -> bool:
    """Its disk takes no more."""
    ledger = connect(place)
    _edit(ledger, "暖")
    ballast = server.folder / "ballast"
    fill_up(ballast)
    told, number = (0.0, ""), 0
    while not told[1] and number < 400:  # what the server holds in hand is used up first
        number += 1
        told = _edit(ledger, f"满盘{number}" + "字" * 4000)
    value = f"满盘{number}" + "字" * 4000
    ballast.unlink()
    time.sleep(1)
    again = _edit(ledger, "腾出以后写的")
    for _ in range(20):
        if not again[1]:
            break
        time.sleep(1)
        again = _edit(ledger, "腾出以后写的")
    ledger.close()
    return _report(f"服务器磁盘满（第 {number} 次写）", place, value, told, again)


def cut_way(place: str, cut: Callable[[], None], mend: Callable[[], None]) -> bool:
    """The cable is pulled after the desk had been writing, and put back."""
    ledger = connect(place)
    _edit(ledger, "暖")
    cut()
    told = _edit(ledger, "断线时写的")
    closing = time.monotonic()
    done = threading.Event()
    other = connect(place)
    threading.Thread(target=lambda: (_edit(other, "断线时开的"), done.set()), daemon=True).start()
    done.wait(30)
    opened_after = time.monotonic() - closing
    mend()
    time.sleep(1)
    again = _edit(ledger, "接上以后写的")
    ledger.close()
    other.close()
    print(f"  新开的连接 {opened_after:.1f} s 得到答复")
    return _report("网线拔掉（网络空间里断开）", place, "断线时写的", told, again)


def stalled(place: str, seconds: float, at: str) -> bool:
    """A relay that lets nothing through for ``seconds``: found so, in the middle of a step, or when it is to be committed."""
    url = make_url(place)
    relay = Relay(str(url.host), int(url.port or 5432))
    ledger = connect(url.set(host="127.0.0.1", port=relay.port).render_as_string(hide_password=False))
    value = f"中继{at}停 {seconds:.0f} 秒时写的"
    _edit(ledger, f"暖{at}")
    if at == "一开始":
        time.sleep(FRESH_SECONDS + 0.2)  # so that the connection is asked first whether it lives
        relay.freeze()
    else:
        after = "commit" if at == "提交时" else "before_cursor_execute"
        event.listen(ledger._engine, after, lambda *_: relay.freeze(), once=True)
    threading.Timer(seconds, relay.go_on).start()
    told = _edit(ledger, value)
    relay.go_on()
    time.sleep(1)
    again = _edit(ledger, f"{value}，之后")
    ledger.close()
    relay.close()
    return _report(f"中继{at}停 {seconds:.0f} 秒", place, value, told, again)


def client_gone(place: str, sign: signal.Signals, what: str) -> bool:
    """A client that has a return in hand is killed, or frozen: how long others see its claim."""
    heard: list[Heard] = []
    ledger = connect(place)
    watch = ServerWatch(ledger, "李四", heard.append)
    client = subprocess.Popen([sys.executable, "-m", "tests.reliability.server_faults", "--hold", place])
    try:
        _until(lambda: bool(heard) and bool(heard[-1].claims), 60)
        client.send_signal(sign)
        began = time.monotonic()
        _until(lambda: not heard[-1].claims, 180)
        took = time.monotonic() - began
        told = _edit(ledger, f"{what}以后写的")
    finally:
        client.kill()
        client.wait()
        watch.stop()
        ledger.close()
    print(f"{what} | 它占着的“正在核对”{took:.1f} s 后消失 | 别人照样写：{told[1] or f'成，{told[0]:.1f} s'}")
    return took < 120 and not told[1]


def hold(place: str) -> None:
    """A client that has a return in hand until it is ended."""
    watch = ServerWatch(connect(place), "张三", lambda _heard: None)
    watch.claim("return/1")
    time.sleep(600)


def _until(true: Callable[[], bool], most: float) -> None:
    end = time.monotonic() + most
    while not true() and time.monotonic() < end:
        time.sleep(0.05)


@contextmanager
def _network() -> Iterator[None]:
    def ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True, capture_output=True)

    ip("netns", "add", NETWORK)
    try:
        ip("link", "add", "hyd0", "type", "veth", "peer", "name", "hyd1")
        ip("link", "set", "hyd1", "netns", NETWORK)
        ip("addr", "add", f"{HERE}/24", "dev", "hyd0")
        ip("link", "set", "hyd0", "up")
        ip("-n", NETWORK, "addr", "add", f"{THERE}/24", "dev", "hyd1")
        ip("-n", NETWORK, "link", "set", "hyd1", "up")
        ip("-n", NETWORK, "link", "set", "lo", "up")
        yield
    finally:
        ip("netns", "del", NETWORK)


def _relay(port: int) -> subprocess.Popen[bytes]:
    """In the network of its own: whatever comes to its end goes on to the server by the socket in the server's folder."""
    code = ("import socket,threading,sys\n"
            "listening=socket.create_server(('0.0.0.0',int(sys.argv[1])))\n"
            "def go(a,b):\n"
            "    try:\n"
            "        while d:=a.recv(65536): b.sendall(d)\n"
            "    except OSError: pass\n"
            "while True:\n"
            "    c,_=listening.accept(); s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[2])\n"
            "    [threading.Thread(target=go,args=p,daemon=True).start() for p in ((c,s),(s,c))]\n")
    return subprocess.Popen(["ip", "netns", "exec", NETWORK, sys.executable, "-c", code, str(port), os.environ["FAULT_SOCKET"]])


def full_desk(place: str) -> bool:
    """The desk's own disk takes no more, with its home and its temporary folder; the server has room."""
    ledger = connect(place)
    with tempfile.TemporaryDirectory() as elsewhere:
        picture = Path(elsewhere, "现场.jpg")
        picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(200_000))
        attach_files(ledger, 1, [picture])
    ledger.close()
    with _small_disk():
        folder = str(tempfile.tempdir)
        home = {"HOME": folder, "TMPDIR": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        done = subprocess.run([sys.executable, "-m", "tests.reliability.server_faults", "--full-desk", place, folder], check=False,
                              env=os.environ | home)
    return done.returncode == 0


def work_on_full_desk(place: str, folder: Path) -> bool:
    """What a desk can do whose disk is full, and what it is told otherwise."""
    ledger = connect(place)
    list_standings(ledger, JUNE)
    tempfile.gettempdir()  # chosen when the program begins, while there is room
    fill_up(folder / "ballast")
    samples = Path(__file__).parent.parent / "samples" / "tidy"

    def take_in() -> object:
        return apply_return(ledger, read_return(ledger, samples / "history.xlsx", JUNE.previous()))

    good = True
    for what, step, works in (
            ("修改一格", lambda: edit_project(ledger, 1, Field.REMARK, "本机磁盘满时写的"), True),
            ("读一份报表入库", take_in, False),
            ("出月报 PDF", lambda: print_report(compile_report(ledger, ReportKind.MONTHLY, JUNE), folder / "报告"), False),
            ("自动备份", lambda: keep_backup(ledger), False),
            ("打开附件", lambda: open_attachment(ledger), False),
            ("再修改一格", lambda: edit_project(ledger, 1, Field.BUILDER, "本机磁盘满时写的"), True)):
        began, said = time.monotonic(), ""
        try:
            step()
        except HydeskError as error:
            said = str(error)
        good &= not said or not works
        print(f"本机磁盘满：{what} | {time.monotonic() - began:.1f} s | {said or '（做成了）'}", flush=True)
    (folder / "ballast").unlink()
    again = keep_backup(ledger)
    whole = not [f for f in check_open(ledger) if f.level.value == "error"]
    print(f"  腾出以后：备份成，{again.backup.size} 字节；检查{'完好' if whole else '有错'}")
    ledger.close()
    return good and whole


def open_attachment(ledger: Ledger) -> None:
    """The first attachment of project 1, whose page is shown all the same."""
    [one] = project_page(ledger, 1, JUNE).attachments
    copy_to_open(one)


def fill_up(ballast: Path) -> None:
    """Leave no room on the disk of ``ballast``."""
    for size in (65536, 512, 1):
        with suppress(OSError), ballast.open("ab", buffering=0) as out:
            while True:
                out.write(bytes(size))


@contextmanager
def _small_disk() -> Iterator[None]:
    folder = tempfile.mkdtemp(prefix="small-disk-")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=755", "tmpfs", folder], check=True)
    kept, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = kept
        subprocess.run(["umount", "-l", folder], check=False)
        with suppress(OSError):
            Path(folder).rmdir()


@contextmanager
def _running() -> Iterator[tuple[FaultyServer, str]]:
    server = FaultyServer(programs(), pwd.getpwnam(runs_as()).pw_name)
    address = server.start()
    try:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as admin:
            admin.execute("CREATE DATABASE faults TEMPLATE template0 ENCODING 'UTF8'")
        place = f"{address}/faults"
        ledger = create_ledger(place)
        fill(ledger, 2)
        ledger.close()
        yield server, place
    finally:
        for one in server.processes():
            with suppress(OSError):
                os.kill(one, signal.SIGCONT)
        server.stop()


def main() -> None:
    """Run as a script."""
    if sys.argv[1:2] == ["--hold"]:
        hold(sys.argv[2])
        return
    if sys.argv[1:2] == ["--full-desk"]:
        sys.exit(0 if work_on_full_desk(sys.argv[2], Path(sys.argv[3])) else 1)
    good = True
    with _running() as (server, place):
        for seconds, at in ((4, "一开始"), (30, "一开始"), (4, "一步中间"), (30, "一步中间"), (30, "提交时")):
            good &= stalled(place, seconds, at)
        if os.geteuid() == 0:
            good &= full_desk(place)
        good &= client_gone(place, signal.SIGKILL, "占着核对的程序被杀")
        good &= client_gone(place, signal.SIGSTOP, "占着核对的程序停住")
        good &= frozen(server, place)
        if os.geteuid() == 0:
            with _network():
                port = int(make_url(place).port or 0)
                os.environ["FAULT_SOCKET"] = str(server.folder / f".s.PGSQL.{port}")
                relay = _relay(port)
                time.sleep(1)
                far = make_url(place).set(host=THERE).render_as_string(hide_password=False)
                try:
                    good &= cut_way(far, lambda: _link("down"), lambda: _link("up"))
                finally:
                    relay.kill()
    if os.geteuid() == 0:
        with _small_disk(), _running() as (server, place):
            good &= full_disk(server, place)
    sys.exit(0 if good else 1)


def _link(state: str) -> None:
    subprocess.run(["ip", "link", "set", "hyd0", state], check=True)


if __name__ == "__main__":
    main()
