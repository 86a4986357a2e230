"""Tries the setup program on Windows (or Wine): python installer/try_setup.py

For one user and then for all: silent set-up, use, upgrade in place, a refusal while the program runs, removal; a ledger
stays where it is. Standard library only. Ends with the exit status 1 at the first thing that is not as it should be.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from smoke_test import require

ROOT = Path(__file__).resolve().parent.parent
NAME = "衡阳重点项目台账"
FILE_TYPE = r"Software\Classes\.hydesk"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\hydesk"
REFUSED_WHILE_RUNNING = 3


def folder(name: str) -> Path:
    """One of the shell's folders, such as ``Desktop``, of the user or (``Common Desktop``) of all."""
    import winreg

    hive = winreg.HKEY_LOCAL_MACHINE if name.startswith("Common") else winreg.HKEY_CURRENT_USER
    with winreg.OpenKey(hive, r"Software\Microsoft\Windows\CurrentVersion\Explorer\Shell Folders") as key:
        return Path(winreg.QueryValueEx(key, name)[0])


class Installation:
    """One way of installing: for the user, or with ``everybody`` for all users of the computer."""

    def __init__(self, setup: Path, ledger: Path, *, everybody: bool) -> None:
        import winreg

        self.setup, self.ledger = setup, ledger
        self.words = ["/S", "/ALLUSERS"] if everybody else ["/S"]
        self.hive = winreg.HKEY_LOCAL_MACHINE if everybody else winreg.HKEY_CURRENT_USER
        self.place = Path(os.environ["PROGRAMFILES"]) if everybody else Path(os.environ["LOCALAPPDATA"], "Programs")
        self.place /= "hydesk"
        self.desktop = folder("Common Desktop" if everybody else "Desktop") / f"{NAME}.lnk"
        self.menu = folder("Common Programs" if everybody else "Programs") / NAME / f"{NAME}.lnk"

    def registered(self, key: str, value: str = "") -> object:
        """A value of the registry where this way of installing writes; None where there is none."""
        import winreg

        try:
            with winreg.OpenKey(self.hive, key, access=winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
                return winreg.QueryValueEx(opened, value)[0]
        except FileNotFoundError:
            return None

    def run(self, program: Path, *words: str | Path, expect: int = 0) -> None:
        """Run a program of the installation to its end."""
        start = time.perf_counter()
        done = subprocess.run([str(program), *map(str, words)], capture_output=True, timeout=600, check=False)
        print(f"{time.perf_counter() - start:6.1f} s  {program.name} {' '.join(map(str, words))}", flush=True)
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        require(done.returncode == expect, f"{program} {words} ended with {done.returncode} instead of {expect}\n{said}")

    def install(self) -> None:
        """Silently; program, file type, shortcuts and the entry among the installed programs are there."""
        self.run(self.setup, *self.words)
        require((self.place / "hydesk.exe").is_file(), f"the program was not installed into {self.place}")
        require(self.registered(FILE_TYPE) == "hydesk.ledger", "the file type is missing")
        opened_by = str(self.registered(r"Software\Classes\hydesk.ledger\shell\open\command"))
        require(str(self.place / "hydesk.exe") in opened_by, f"a ledger would be opened by {opened_by}")
        require(self.registered(UNINSTALL, "DisplayName") == NAME, "Windows does not list the program")
        require(self.desktop.is_file(), f"no shortcut on the desktop: {self.desktop}")
        require(self.menu.is_file(), f"no shortcut in the menu: {self.menu}")

    def use(self) -> None:
        """The command makes a ledger; the window paints every screen of it."""
        command = self.place / "hydesk-cli.exe"
        if not self.ledger.exists():
            self.run(command, "--ledger", self.ledger, "ledger", "new")
        self.run(command, "--ledger", self.ledger, "check")
        pictures = self.ledger.parent / "画面"
        self.run(self.place / "hydesk.exe", "--ledger", self.ledger, "pictures", "--out", pictures)
        require(len(list(pictures.glob("*.png"))) > 5, "the installed window painted nothing")

    def upgrade(self) -> None:
        """Installing over it takes away what an older version left, and refuses while the program runs."""
        old = self.place / "_internal" / "left-by-an-old-version.txt"
        old.write_text("x")
        with in_use(self.place / "hydesk.exe"):
            self.run(self.setup, *self.words, expect=REFUSED_WHILE_RUNNING)
            require(old.exists(), "files were taken from a program that runs")
        self.install()
        require(not old.exists(), "an upgrade leaves old files")
        self.use()

    def remove(self) -> None:
        """What was installed is gone; the ledger, and what somebody put beside the program, stay."""
        own = self.place / "我的笔记.txt"
        own.write_text("x")
        self.run(self.place / "uninstall.exe", *self.words)
        wait_until(lambda: self.registered(UNINSTALL, "DisplayName") is None, "Windows still lists the program")
        require(not (self.place / "uninstall.exe").exists(), "the program was not removed")
        require(not (self.place / "hydesk.exe").exists() and not (self.place / "_internal").exists(), "the program was not removed")
        require(self.registered(FILE_TYPE) is None, "the file type was not removed")
        require(not self.desktop.exists() and not self.menu.exists(), "a shortcut was left")
        require(own.exists(), "removing the program took away what was not its own")
        own.unlink()
        self.place.rmdir()
        require(self.ledger.is_file(), "removing the program took the ledger away")


@contextmanager
def in_use(program: Path) -> Iterator[None]:
    """While this holds nobody can write to ``program``, as while it runs."""
    import _winapi

    read, share_reading, existing = 0x80000000, 1, 3
    handle = _winapi.CreateFile(str(program), read, share_reading, 0, existing, 0, 0)
    try:
        yield
    finally:
        _winapi.CloseHandle(handle)


def wait_until(true: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """The uninstaller goes on from a copy of itself after it has returned; the list of programs is what it writes last."""
    end = time.monotonic() + seconds
    while not true():
        require(time.monotonic() < end, what)
        time.sleep(0.2)


def main() -> int:
    """Both ways of installing, one after the other, with one ledger."""
    (setup,) = (ROOT / "dist").glob("hydesk-*-setup.exe")
    ledger = folder("Personal") / "试用" / "台账.hydesk"
    ledger.parent.mkdir(parents=True, exist_ok=True)
    for everybody in (False, True):
        installation = Installation(setup, ledger, everybody=everybody)
        installation.install()
        installation.use()
        installation.upgrade()
        installation.remove()
    print("set-up, upgrade and removal work, for one user and for all")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
