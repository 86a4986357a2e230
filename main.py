"""Starts hydesk: without a command the window opens. What PyInstaller freezes."""

from __future__ import annotations

import sys

from hydesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
