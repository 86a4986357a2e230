"""What a start must not wait for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LATER = ("alembic", "docx", "numpy", "openpyxl", "pyqtgraph", "python_calamine", "rapidfuzz", "reportlab",
         "sqlalchemy.orm", "sqlalchemy.dialects.postgresql")
"""Each costs between some hundredths and half a second to import, and none is needed to paint the ledger, the first page or a project."""


def test_the_window_starts_without_what_only_later_work_needs(tmp_path: Path) -> None:
    ledger = tmp_path / "l.hydesk"
    from hydesk.services.upkeep.open_ledger import create_ledger

    create_ledger(ledger).close()
    code = (
        "import sys\n"
        "import hydesk.app\n"
        "import hydesk.ui.screens.ledger.screen\n"
        "import hydesk.ui.screens.home.screen, hydesk.ui.screens.project.screen\n"
        "from hydesk.domain.periods import Period\n"
        "from hydesk.services.upkeep.open_ledger import open_ledger\n"
        "from hydesk.services.pages.ledger_rows import read_rows\n"
        f"ledger = open_ledger({str(ledger)!r}, check_beside=True)\n"
        "read_rows(ledger, Period.month(2023, 6), first=60)\n"
        "ledger.close()\n"
        f"print(sorted(set({LATER!r}) & set(sys.modules)))"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert said.stdout.strip() == "[]"
