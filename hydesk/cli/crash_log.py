"""What nobody expected goes to the log, and one sentence to the user."""

from __future__ import annotations

import sys
from collections.abc import Collection
from datetime import datetime

from hydesk import __version__
from hydesk.domain.plain_trace import plain_trace
from hydesk.services.upkeep.default_ledger import log_file


def unexpected(commands: Collection[str]) -> str:
    """Writes the exception in hand to the log and answers the sentence for the user.

    Of the words typed only ``commands`` and options are kept: anything else may be a name.
    """
    path = log_file()
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > 1_000_000:
            path.replace(path.with_name(path.name + ".1"))
        with path.open("a", encoding="utf-8") as log:
            # What follows = may be a password or a name.
            command = " ".join(a.partition("=")[0] for a in sys.argv[1:] if a in commands or a.startswith("--"))
            log.write(f"\n{datetime.now():%Y-%m-%d %H:%M:%S} hydesk {__version__} {command}\n")
            error = sys.exc_info()[1]
            log.write(plain_trace(error) + "\n" if error is not None else "")
    except OSError:
        return "程序出了意外，这一步没有做成，台账没有改动。"
    return f"程序出了意外，这一步没有做成。详情已记入 {path}，请连同出错的文件一起发给维护人员。"
