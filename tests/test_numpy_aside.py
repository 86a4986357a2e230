"""A window that takes returns in holds no numpy; the page that draws with it has it."""

from __future__ import annotations

import subprocess
import sys


def test_it_is_loaded_where_it_is_let_in_alone() -> None:
    code = (
        "import sys\n"
        "from hydesk.numpy_aside import keep_aside, let_in\n"
        "keep_aside()\n"
        "import openpyxl.compat.numbers as numbers\n"
        "assert not numbers.NUMPY\n"
        "let_in()\n"
        "import numpy\n"
        "assert sys.modules['numpy'] is numpy\n"
        "keep_aside(); let_in()\n"
        "assert sys.modules['numpy'] is numpy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
