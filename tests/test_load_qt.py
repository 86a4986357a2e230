"""Qt is loaded without what PySide puts in the place of Python's import."""

from __future__ import annotations

import os
import subprocess
import sys


def test_python_keeps_its_own_import() -> None:
    code = (
        "import builtins\n"
        "own = builtins.__import__\n"
        "from hydesk.load_qt import load_qt\n"
        "load_qt()\n"
        "assert builtins.__import__ is own\n"
        "from PySide6.QtWidgets import QApplication, QLabel, QTableView\n"
        "app = QApplication([])\n"
        "shown = QLabel('项目')\n"
        "assert (shown.text(), shown.windowTitle()) == ('项目', '')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
