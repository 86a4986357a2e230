"""Reading a return with one more check. Run by test_check.py with a copy of the program."""

from __future__ import annotations

import sys
from pathlib import Path

import hydesk
from hydesk.domain.findings import Level
from hydesk.returns.checks import RULES
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.sheets import fill_ledger, line, read

FOLDER = Path(sys.argv[1])
assert Path(hydesk.__file__).is_relative_to(FOLDER)
ledger = create_ledger(FOLDER / "台账.hydesk")
fill_ledger(ledger)
draft = read(ledger, [line(1, 20_000, 20_000), line(2, 1_000, 2_000)])
found = [(f.row, f.cell, f.level) for f in draft.understanding.findings if f.code == "month_is_plan"]
assert found == [(4, "F4", Level.WARNING)], found
assert RULES["month_is_plan"].title == "本月完成投资等于年度计划"
print("done")
