"""The system's own file dialogs, each opening in the folder that was last used for the same purpose."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from hydesk.domain.file_names import clean_name

TABLES = "表格 (*.xlsx *.xls *.xlsm *.et *.ods *.xlsb *.csv);;所有文件 (*)"
WORKBOOK = "Excel 工作簿 (*.xlsx)"
LEDGERS = "台账 (*.hydesk *.db)"


class Purpose(Enum):
    """What a file is chosen for; files of one purpose lie together. The value is its key in the desktop's settings."""

    RETURNS = "returns"
    SEND_BACK = "send_back"
    CHASE = "chase"
    LIST = "list"
    EXPORT = "export"
    REPORT = "report"
    BACKUP = "backup"
    LEDGER = "ledger"
    ATTACHMENT = "attachment"
    FORM = "form"


def folder_of(settings: QSettings, purpose: Purpose) -> str:
    """The folder last used for ``purpose``; 文档 before there is one or where it is gone."""
    kept = str(settings.value(f"folders/{purpose.value}") or "")
    if kept and Path(kept).is_dir():
        return kept
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def keep_folder(settings: QSettings, purpose: Purpose, folder: str | Path) -> None:
    """Remember ``folder`` for ``purpose``."""
    settings.setValue(f"folders/{purpose.value}", str(folder))


def ask_open(parent: QWidget, settings: QSettings, purpose: Purpose, title: str, kinds: str) -> str:
    """The file chosen to be read; empty when none is. ``kinds`` as Qt writes them: 表格 (*.xlsx *.xls)."""
    path, _ = QFileDialog.getOpenFileName(parent, title, folder_of(settings, purpose), kinds)
    if path:
        keep_folder(settings, purpose, Path(path).parent)
    return path


def ask_open_many(parent: QWidget, settings: QSettings, purpose: Purpose, title: str, kinds: str) -> list[str]:
    """The files chosen to be read."""
    paths, _ = QFileDialog.getOpenFileNames(parent, title, folder_of(settings, purpose), kinds)
    if paths:
        keep_folder(settings, purpose, Path(paths[0]).parent)
    return paths


def ask_save(parent: QWidget, settings: QSettings, purpose: Purpose, title: str, name: str, kinds: str = "", *,
             whole: bool = False) -> str:
    """Where to write; ``name`` is offered, cleaned, in the purpose's folder, unless it is a ``whole`` path of the
    program's own. Empty when given up.

    A name typed without an ending gets that of ``kinds`` when this names a single one.
    """
    offered = name if whole else str(Path(folder_of(settings, purpose), clean_name(name)))
    path, _ = QFileDialog.getSaveFileName(parent, title, offered, kinds)
    if not path:
        return ""
    ending = only_ending(kinds)
    if ending and not Path(path).suffix:
        path += ending
        if Path(path).exists():  # the dialog asked about another name
            return ask_save(parent, settings, purpose, title, path, kinds, whole=True)
    keep_folder(settings, purpose, Path(path).parent)
    return path


def ask_folder(parent: QWidget, settings: QSettings, purpose: Purpose, title: str, start: str = "") -> str:
    """The folder chosen; empty when none is."""
    folder = QFileDialog.getExistingDirectory(parent, title, start or folder_of(settings, purpose))
    if folder:
        keep_folder(settings, purpose, folder)
    return folder


def only_ending(kinds: str) -> str:
    """``.xlsx`` of ``Excel 工作簿 (*.xlsx)``; empty where several endings or none are named."""
    inside = kinds.partition("(")[2].partition(")")[0].split()
    return inside[0].removeprefix("*") if len(inside) == 1 and inside[0] != "*" and ";;" not in kinds else ""
