"""Whether there is anything to print on; a system's dialog without a printer says so in English, or does nothing."""

from __future__ import annotations

NO_PRINTER = "这台电脑没有安装打印机。可以先存为 PDF，拿到能打印的电脑上打印；装好打印机后再按 Ctrl+P。"


def has_printer() -> bool:
    """Whether the machine knows a printer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())
