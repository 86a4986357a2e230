"""Reading an unusual workbook in a process of its own, bounded in time and memory.

The readers of foreign formats allocate what a file claims to hold: a single cell at XFD1048576, or a count that lies,
ends the whole program, and no exception tells of it. So a file that is not plainly a table of usual size is read by
a second process, which may die without harm. It knows nothing of the ledger and opens nothing but its two files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.grid import Book
from hydesk.excel.answer import ReadingRefused, answer_of, book_of, sentence_of
from hydesk.temporary import temporary_folder

SECONDS = 6
BYTES = 800 * 1024 * 1024
_NEEDED = frozenset({"PATH", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "TMPDIR", "LANG", "LANGUAGE", "PYTHONHOME", "LD_LIBRARY_PATH",
                     "PYTHONUTF8", "PYTHONIOENCODING", "VIRTUAL_ENV", "COVERAGE_PROCESS_START"})
FLAG = "--read-workbook"
"""First argument by which a frozen program knows that it is the second process."""


def read_guarded(content: bytes, name: str, form: str, why: str) -> Book:
    """``grids.read_within`` in a second process. Raises HydeskError, with ``why`` where the process did not survive."""
    try:
        with temporary_folder() as folder:
            given, made = Path(folder, "given"), Path(folder, "made")
            given.write_bytes(content)
            return _answer(_run(given, made, name, form), made, name, why)
    except OSError as e:
        raise HydeskError(f"读取“{name}”要用临时文件，但不能写入临时文件夹（{system_words(e)}）。请检查磁盘空间后再试。") from e


def _run(given: Path, made: Path, name: str, form: str) -> bool:
    """Whether the second process came to an end in time."""
    frozen = getattr(sys, "frozen", False)
    start = [sys.executable, FLAG] if frozen else [sys.executable, "-m", "hydesk.excel.guarded"]
    # It needs what the system and Python need; a ledger's address or a package's password is none of that.
    environment = {k: v for k, v in os.environ.items() if k.upper() in _NEEDED or k.startswith("LC_")}
    if not frozen:
        root = str(Path(__file__).resolve().parent.parent.parent)
        environment["PYTHONPATH"] = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
    process = subprocess.Popen(
        [*start, str(given), str(made)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=environment, cwd=given.parent, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
    try:
        process.communicate(json.dumps([name, form]).encode(), SECONDS)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _answer(ended: bool, made: Path, name: str, why: str) -> Book:
    if not ended:
        raise HydeskError(why or f"“{name}”内容异常或过大，{SECONDS} 秒内读不完，没有读取。请删去多余内容后另存再报。")
    try:
        return book_of(made.read_bytes())
    except ReadingRefused as told:
        raise HydeskError(str(told)) from None
    except (OSError, ValueError):
        raise HydeskError(why or f"“{name}”已损坏或内容过大，读不出来。请用 WPS 或 Excel 打开另存后再报。") from None


def serve(arguments: list[str]) -> int:
    """The second process: read the file named first, write book or sentence to the one named second."""
    given, made = arguments
    name, form = json.loads(sys.stdin.buffer.read())
    from hydesk.excel.grids import read_within

    content = Path(given).read_bytes()
    with Path(made).open("wb") as out:  # the last file it opens
        _bound()
        try:
            told = answer_of(read_within(content, name, form))
        except HydeskError as e:
            told = sentence_of(str(e))
        except MemoryError:
            told = sentence_of(f"“{name}”太大，内存放不下。请删去多余内容后另存再报。")
        except BaseException:  # a panic of calamine's is no Exception
            told = sentence_of(f"“{name}”已损坏，读不出来。请用 WPS 或 Excel 打开另存后再报。")
        out.write(told)
    return 0


def _bound() -> None:
    """Never more memory than ``BYTES``, nor more time than the first process waits, should it be gone."""
    if sys.platform == "win32":
        with suppress(Exception):
            _bound_on_windows()
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 1, SECONDS + 1))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES, BYTES))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if sys.platform.startswith("linux"):
        with suppress(Exception):
            _confine_on_linux()


def _confine_on_linux() -> None:
    """No new rights, and no network: where the system allows it, a user and a network of its own."""
    import ctypes

    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    if system.unshare(0x40000000) != 0:  # CLONE_NEWNET; for others than the administrator only with a user of its own
        system.unshare(0x10000000 | 0x40000000)  # CLONE_NEWUSER


def _bound_on_windows() -> None:
    """Put this process into a job object with a limit of memory."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [("a", ctypes.c_int64), ("b", ctypes.c_int64), ("flags", wintypes.DWORD), ("c", ctypes.c_size_t),
                    ("d", ctypes.c_size_t), ("e", wintypes.DWORD), ("f", ctypes.c_size_t), ("g", wintypes.DWORD),
                    ("h", wintypes.DWORD)]

    class Extended(ctypes.Structure):
        _fields_ = [("basic", Basic), ("io", ctypes.c_uint64 * 6), ("process", ctypes.c_size_t),
                    ("job", ctypes.c_size_t), ("peak", ctypes.c_size_t), ("peak_job", ctypes.c_size_t)]

    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    job = kernel.CreateJobObjectW(None, None)
    limit = Extended()
    limit.basic.flags = 0x100 | 0x8 | 0x400  # PROCESS_MEMORY, ACTIVE_PROCESS (none but itself), DIE_ON_UNHANDLED_EXCEPTION
    limit.basic.e = 1
    limit.process = BYTES
    kernel.SetInformationJobObject(wintypes.HANDLE(job), 9, ctypes.byref(limit), ctypes.sizeof(limit))
    kernel.AssignProcessToJobObject(wintypes.HANDLE(job), wintypes.HANDLE(kernel.GetCurrentProcess()))


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1:]))
