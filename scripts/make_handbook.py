"""Makes the handbook's pictures and README's anew, and one file to hand out: python scripts/make_handbook.py [--only NAME …]

Every picture is taken of the real window, offscreen, over made ledgers on 2023-07-03, and kept as a PNG with a palette
in docs/handbook/pictures; README's picture of printed pages is called ``printed``. ``--pdf FILE`` prints the whole handbook; ``--no-pictures`` leaves the pictures as they are.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from handbook_shots import SAMPLES, SHOTS
from handbook_stage import JUNE, ROOT, Stage, stop_the_clock
from PIL import Image
from printed_pages import PICTURE, print_pages
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage

from hydesk.domain.periods import Period

PICTURES = ROOT / "docs" / "handbook" / "pictures"
COLOURS = 128
PRINTED = "printed"
MOST = 4_000_000
"""Bytes that all pictures may take together."""


def make_ledgers(folder: Path) -> dict[str, Path]:
    """The demonstration, and the samples' list with its returns up to May."""
    from hydesk.services.demonstration.make_demo import make_demo_ledger
    from hydesk.services.returns.apply_return import apply_return
    from hydesk.services.returns.import_projects import import_projects
    from hydesk.services.returns.read_return import read_return
    from hydesk.services.upkeep.open_ledger import create_ledger

    demo, sample = folder / "demo.hydesk", folder / "sample.hydesk"
    make_demo_ledger(demo).close()
    ledger = create_ledger(sample)
    import_projects(ledger, SAMPLES / "tidy" / "ledger.xlsx", 2023)
    apply_return(ledger, read_return(ledger, SAMPLES / "tidy" / "history.xlsx", Period.month(2023, 5)))
    ledger.close()
    return {"demo": demo, "sample": sample}


def save(picture: QImage, path: Path) -> int:
    """Keep ``picture`` with a palette; its size in bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return keep(Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB"), path)


def keep(image: Image.Image, path: Path) -> int:
    """As ``save``, of a picture that Qt did not draw."""
    small = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    return path.stat().st_size


def take_pictures(only: list[str]) -> list[str]:
    """Take those named in ``only`` (all where it is empty); the names of those that went wrong."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        ledgers = make_ledgers(Path(folder))
        if not only or PRINTED in only:
            print(f"{keep(print_pages(ledgers['demo']), PICTURE) / 1000:7.1f} kB  {PRINTED}", flush=True)
        for kind, size in (("demo", QSize(1180, 664)), ("sample", QSize(1366, 768))):
            wanted = [(n, take) for n, (ledger, take) in SHOTS.items() if ledger == kind and (not only or n in only)]
            if not wanted:
                continue
            name = "市重点项目台账（演示数据）" if kind == "demo" else "2023年重点项目台账"
            with Stage(ledgers[kind], JUNE, name, size) as stage:
                for shot, take in wanted:
                    try:
                        print(f"{save(take(stage), PICTURES / f'{shot}.png') / 1000:7.1f} kB  {shot}", flush=True)
                    except Exception as error:
                        wrong.append(shot)
                        print(f"FAILED {shot}: {error!r}", file=sys.stderr, flush=True)
    return wrong


def print_book(path: Path) -> None:
    """The whole handbook as one PDF, A4."""
    from PySide6.QtCore import QMarginsF, QSettings
    from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter
    from PySide6.QtWidgets import QApplication

    from hydesk.ui import style
    from hydesk.ui.help.pages import Handbook
    from hydesk.ui.help.reader import Reader

    app = QApplication.instance() or QApplication([])
    theme = style.Theme()
    style.dress(app, theme)  # type: ignore[arg-type]
    book = Handbook()
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(book, theme, QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat))
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = QPdfWriter(str(path))
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait,
                                         QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter))
        writer.setTitle("使用手册")
        writer.setResolution(150)
        reader.view.printable(list(book.pages.values())).print_(writer)
    print(f"{path.stat().st_size / 1e6:7.1f} MB  {path}")


def main() -> int:
    """Make what is asked for; 1 where a picture is missing or all together are too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--pdf", type=Path)
    parser.add_argument("--no-pictures", action="store_true")
    asked = parser.parse_args()
    wrong = []
    if not asked.no_pictures:
        stop_the_clock()
        wrong = take_pictures(asked.only)
    if asked.pdf:
        print_book(asked.pdf)
    total = sum(p.stat().st_size for p in PICTURES.glob("*.png"))
    print(f"{total / 1e6:7.2f} MB  all pictures")
    return 1 if wrong or total > MOST else 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # the windows are gone; what Qt still holds need not be torn down
