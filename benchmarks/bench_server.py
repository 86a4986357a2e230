"""The same ledger in a file and on a PostgreSQL server: what two everyday commands take on either, as whole programs.

Skipped where there is no server: one of the tests' own is started where the machine has its programs, and
HYDESK_TEST_SERVER names another.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from measuring import report
from processes import HYDESK, ROOT, Used, run, usual

sys.path.insert(0, str(ROOT))
COMMANDS = {
    "总体数": ("figures", "--period", "2023-06"),
    "28 份报表只看不入": ("returns", "import", str(ROOT / "tests" / "samples" / "messy" / "returns"), "--period", "2023-06", "--dry-run"),
    "一个月的月报": ("report", "monthly", "--period", "2023-06", "--out", "{out}", "--format", "pdf"),
}


def main() -> None:
    from large_ledger import demo

    from hydesk.services.upkeep.open_ledger import carry_to_server
    from tests.postgres import NoServer, shared_server
    from tests.stores import Server

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            server = Server(os.environ.get("HYDESK_TEST_SERVER") or shared_server(folder))
        except NoServer as why:
            print(f"没有 PostgreSQL，不量：{why}", file=sys.stderr)
            return
        with server.bare() as address:
            held = demo(folder)
            carry_to_server(held, address)
            held.close()
            for what, words in COMMANDS.items():
                asked = [w.format(out=folder / "out") for w in words]

                def on(ledger: str, asked: list[str] = asked) -> Used:
                    return usual(lambda: run([*HYDESK, "--ledger", ledger, *asked], folder))

                file = on(str(held.path))
                report(f"{what}，台账在 PostgreSQL 上", on(address).wall, file.wall, "台账是一个文件", 2.5 * file.wall)
        server.close()


if __name__ == "__main__":
    main()
