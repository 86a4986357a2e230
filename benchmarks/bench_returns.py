"""Fourteen returns of 388 projects read, matched, checked and compared, beside calamine alone reading them."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from measuring import report, seconds
from python_calamine import CalamineWorkbook

from hydesk.domain.periods import Period
from hydesk.excel.read import read_book
from hydesk.returns.differences import differences
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.pipeline import understand
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.read_return import read_return
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.upkeep.open_ledger import create_ledger

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "samples" / "tidy"
JUNE = Period.month(2023, 6)


def main() -> None:
    books = [(p.name, p.read_bytes()) for p in sorted((SAMPLES / "returns").iterdir())]
    with tempfile.TemporaryDirectory() as folder:
        ledger = create_ledger(Path(folder) / "bench.hydesk")
        import_projects(ledger, SAMPLES / "ledger.xlsx", 2023)
        apply_return(ledger, read_return(ledger, SAMPLES / "history.xlsx", Period.month(2023, 5)))
        snapshot = take_snapshot(ledger, JUNE)
        ledger.close()
    index = ProjectIndex(snapshot)  # one for all books, as commands and window read them

    def floor() -> None:
        for _, content in books:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

    def whole() -> None:
        for name, content in books:
            differences(understand(read_book(content, name), snapshot, index=index), snapshot)

    bare = seconds(floor)
    report("14 份报表读懂、核对、比对", seconds(whole), bare, "calamine 只读这些文件", most=4 * bare + 0.15)


if __name__ == "__main__":
    main()
