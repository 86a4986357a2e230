"""Draws the program's icon for Windows, and the picture beside the setup's first page, from the one drawing there is:
python installer/make_icon.py TARGET.ico SIDE.bmp"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
DRAWING = Path(__file__).resolve().parent.parent / "resources" / "icons" / "app.svg"


def make_icon(target: Path) -> None:
    """Write ``target`` with a picture for every size Windows asks for at 100 to 200 %."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    pictures = []
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
        painter.end()
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        pictures.append(Image.open(io.BytesIO(held.data())))
    target.parent.mkdir(parents=True, exist_ok=True)
    pictures[-1].save(target, format="ICO", sizes=[(s, s) for s in SIZES], append_images=pictures[:-1])
    del app


def make_side(target: Path) -> None:
    """Write the upright picture of the welcome and the last page: the icon on a quiet ground, in the size that NSIS asks for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    image = QImage(*SIDE, QImage.Format.Format_RGB888)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF((SIDE[0] - ICON) / 2, 48, ICON, ICON))
    painter.fillRect(SIDE[0] - 2, 0, 2, SIDE[1], QColor(ACCENT))
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(target), "BMP"):
        raise OSError(f"cannot write {target}")
    del app


SIDE, ICON = (164, 314), 88
GROUND, ACCENT = "#E8EFF7", "#1F5FAF"


if __name__ == "__main__":
    make_icon(Path(sys.argv[1]))
    make_side(Path(sys.argv[2]))
