"""Names of files that come from outside (a ledger, a return, a package): cleaned where a path is made of them, told
apart by what opening one would do.

The rule of names is Windows' own (it refuses most), used on every system, so that a folder may be carried from one to
another. What opening does is judged by the ending alone, since that is what a desktop goes by.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from pathlib import PurePosixPath

LONGEST = 200
"""Bytes of a name in UTF-8; file systems take 255, and something may still be added to it."""
_REFUSED = '<>:"/\\|?*'
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Kinds of characters that nobody sees, among them those that turn the direction of reading."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", "clock$", "conin$", "conout$",
                      *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")})
"""What Windows takes for a device, whatever ending follows."""


class OpenRisk(Enum):
    """What opening a file of this name would do: show it, nobody can say, or run it."""

    SHOWS = "shows"
    UNKNOWN = "unknown"
    RUNS = "runs"


_SHOWN = frozenset(
    ["jpg", "jpeg", "png", "bmp", "gif", "webp", "tif", "tiff", "heic", "heif", "pdf", "ofd", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv", "md", "log", "zip"])
"""Pictures, pages, office files that cannot hold macros, text, and zip."""
_RUN = frozenset(["exe", "com", "bat", "cmd", "pif", "scr", "cpl", "dll", "ocx", "sys", "drv", "msi", "msp", "mst", "msc", "msix", "msixbundle", "appx", "appxbundle", "appinstaller", "application", "appref-ms", "gadget", "jar", "jnlp", "js", "jse", "vbs", "vbe", "vb", "ws", "wsf", "wsh", "wsc", "sct", "hta", "ps1", "ps2", "psm1", "psd1", "ps1xml", "psc1", "lnk", "url", "website", "scf", "shb", "shs", "reg", "inf", "ins", "isp", "chm", "hlp", "xll", "wll", "iqy", "rdp", "settingcontent-ms", "library-ms", "search-ms", "searchconnector-ms", "diagcab", "theme", "themepack", "xbap", "vsto", "ade", "adp", "accda", "accde", "mdb", "mde", "accdb", "iso", "img", "vhd", "vhdx", "sh", "bash", "zsh", "csh", "ksh", "fish", "command", "run", "app", "elf", "desktop", "so", "dylib", "py", "pyw", "pyc", "pyz", "pyzw", "pl", "rb", "php", "lua", "deb", "rpm", "appimage"])
"""Programs, scripts, links that start something, settings that change the system, and drives that hold any of these."""


def visible(name: str) -> str:
    """``name`` with what nobody sees, or what turns the direction of reading, shown as _."""
    return "".join("_" if unicodedata.category(c) in _UNSEEN else c for c in name)


def clean_name(name: str, otherwise: str = "文件") -> str:
    """``name`` as one part of a path on any desktop: nothing that leads elsewhere, no device, no hidden character.

    ``otherwise`` is what a name gets of which nothing is left.
    """
    bare = "".join("_" if c in _REFUSED else c for c in visible(name))
    bare = _trimmed(bare) or otherwise
    stem, ending = _parted(bare)
    while len((stem + ending).encode()) > LONGEST and stem:
        stem = stem[:-1]
    bare = _trimmed(stem + ending) or otherwise
    return f"_{bare}" if bare.split(".")[0].rstrip().casefold() in _DEVICES else bare


def last_name(path: str, otherwise: str = "文件") -> str:
    """The last part of ``path``, written in any system's way, as a clean name."""
    return clean_name(re.split(r"[/\\]", path.rstrip("/\\ ."))[-1], otherwise)


def name_of_original(name: str) -> str:
    """What a return that was taken in may be saved as: never what a desktop would run."""
    clean = last_name(name, "原件")
    return f"{clean}.原件" if opening_of(clean) is OpenRisk.RUNS else clean


def opening_of(name: str) -> OpenRisk:
    """What the desktop would do with a file of this name."""
    ending = ending_of(name)
    return OpenRisk.RUNS if ending in _RUN else OpenRisk.SHOWS if ending in _SHOWN else OpenRisk.UNKNOWN


def ending_of(name: str) -> str:
    """The ending a desktop goes by, small, without its dot: exe of ``A.EXE `` and of ``a.exe.``."""
    return _parted(last_name(name))[1][1:].casefold()


def _trimmed(name: str) -> str:
    """Windows drops dots and spaces at the end; at the beginning a dot hides a file elsewhere."""
    kept = name
    while kept and (kept[-1] == "." or kept[-1].isspace()):
        kept = kept[:-1]
    while kept and (kept[0] == "." or kept[0].isspace()):
        kept = kept[1:]
    return kept


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending[:20]}") if dot and stem else (name, "")


PAPERS = frozenset({".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".doc", ".docx", ".wps", ".ppt", ".pptx", ".rar", ".7z"})
"""Endings of scans, photos and documents, which units send beside a table or in its stead: received, never read."""


def is_paper(name: str) -> bool:
    """Whether a file is a scan, a photo or a document by its name."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower() in PAPERS
