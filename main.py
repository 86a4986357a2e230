"""Starts hydesk: without a command the window opens. What PyInstaller freezes."""

from __future__ import annotations

import sys


def start() -> int:
    """The command line or the window; or, within a frozen program, the second process that reads an unusual file."""
    if sys.argv[1:2] == ["--read-workbook"]:
        from hydesk.excel.guarded import serve

        return serve(sys.argv[2:])
    from hydesk.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
