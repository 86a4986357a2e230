"""hydesk returns send-back: keep a return as sent back, and print what goes with it."""

from __future__ import annotations

from pathlib import Path

from hydesk.cli.findings import say_findings
from hydesk.cli.parameters import NUMBER
from hydesk.cli.terminal import LOOK, say
from hydesk.domain.file_names import clean_name
from hydesk.domain.periods import Period
from hydesk.services.returns.keep_received import read_received
from hydesk.services.returns.mark_up_return import mark_up_return
from hydesk.services.returns.read_return import ReturnDraft, read_return
from hydesk.services.returns.return_slip import print_slip, return_slip
from hydesk.services.returns.send_back_return import in_question, send_back
from hydesk.services.upkeep.open_ledger import Ledger


def send_back_and_print(
    ledger: Ledger, what: str, period: Period | None, unit: str | None, note: str, out: Path | None
) -> int:
    """Send back the waiting return numbered ``what``, or the file of that name; the exit status.

    ``out`` gets the slip and the marked-up workbook.
    """
    draft = _draft(ledger, what, period, unit)
    number = send_back(ledger, draft, note=note).value
    asked = in_question(draft)
    say(f"已退回 {draft.name}（编号 {number}，{len(asked)} 处）。")
    say_findings(asked)
    if out is not None:
        paths = print_slip(return_slip(ledger, number), out)
        if any(f.sheet for f in asked) and draft.book is not None:
            paths.append(mark_up_return(ledger, number, out / clean_name(f"{Path(draft.name).stem}（已标注）.xlsx"))[0])
        for path in paths:
            say(f"已写出：{path}")
    return LOOK


def _draft(ledger: Ledger, what: str, period: Period | None, unit: str | None) -> ReturnDraft:
    if what.isdigit() or period is None:
        return read_received(ledger, NUMBER.convert(what, None, None))
    return read_return(ledger, Path(what), period, unit)
