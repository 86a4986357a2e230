"""Whether a process of this machine is still the one that was meant: its number is given again, its beginning is not."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def started(process: int) -> str:
    """When a process of this machine started, in the system's own words; empty where there is none."""
    if sys.platform == "win32":
        return _started_on_windows(process)
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        fields = stat.rpartition(")")[2].split()
        return "" if fields[0] == "Z" else fields[19]  # a dead process that nobody has fetched yet
    except (OSError, IndexError):
        pass
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        return "running"
    return "running"


def _started_on_windows(process: int) -> str:
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return ""
    try:
        code = wintypes.DWORD()
        kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
        times = [wintypes.FILETIME() for _ in range(4)]
        if code.value != 259 or not kernel.GetProcessTimes(
                wintypes.HANDLE(handle), *(ctypes.byref(t) for t in times)):
            return ""
        return f"{times[0].dwHighDateTime}-{times[0].dwLowDateTime}"
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
