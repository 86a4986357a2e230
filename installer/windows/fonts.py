"""Gives a Wine prefix the fonts a Chinese Windows has, by name: python fonts.py PREFIX

The shapes are those of the bundled Noto fonts; only their names are Windows'. Writes the fonts into the prefix's Fonts
folder and C:\\fonts.reg, which tells the registry of them. Needs fontTools.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FONTS = {
    "msyh_ui.ttf": ("Microsoft YaHei UI", "Regular", "NotoSansSC-Regular.ttf"),
    "msyhbd_ui.ttf": ("Microsoft YaHei UI", "Bold", "NotoSansSC-Medium.ttf"),
    "msyh.ttf": ("Microsoft YaHei", "Regular", "NotoSansSC-Regular.ttf"),
    "simsun.ttf": ("SimSun", "Regular", "NotoSerifSC-Regular.ttf"),
    "segoeui.ttf": ("Segoe UI", "Regular", "NotoSansSC-Regular.ttf"),
}
"""By file name the family, the face and whose shapes it takes."""
_KEY = r"[HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\Fonts]"
_FAMILY, _FACE, _ID, _WHOLE, _POSTSCRIPT = 1, 2, 3, 4, 6
_OTHER_NAMES = (16, 17, 25)
"""Names of families of more than four faces, which would be read first."""
_WINDOWS_ENGLISH = (3, 1, 0x409)
_ITALIC_BIT, _BOLD_BIT, _REGULAR_BIT = 1, 1 << 5, 1 << 6


def rename(source: Path, target: Path, family: str, face: str) -> None:
    """Write ``source`` as the ``face`` of ``family``."""
    font = TTFont(source)
    names = font["name"]
    given = {_FAMILY: family, _FACE: face, _ID: f"{family} {face}; for checks", _WHOLE: f"{family} {face}".removesuffix(" Regular"),
             _POSTSCRIPT: f"{family.replace(' ', '')}-{face}"}
    names.names = [n for n in names.names if n.nameID not in (*given, *_OTHER_NAMES)]
    for number, text in given.items():
        names.setName(text, number, *_WINDOWS_ENGLISH)
    bold = face == "Bold"
    font["head"].macStyle = int(bold)
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~(_ITALIC_BIT | _BOLD_BIT | _REGULAR_BIT) | (_BOLD_BIT if bold else _REGULAR_BIT)
    font["OS/2"].usWeightClass = 700 if bold else 400
    font.save(target)


def main(prefix: Path) -> None:
    """Make every font and the file for the registry."""
    folder = prefix / "drive_c" / "windows" / "Fonts"
    lines = ["Windows Registry Editor Version 5.00", "", _KEY]
    for file, (family, face, source) in FONTS.items():
        rename(BUNDLED / source, folder / file, family, face)
        lines.append(f'"{family} {face} (TrueType)"="{file}"'.replace(" Regular", ""))
    (prefix / "drive_c" / "fonts.reg").write_text("\r\n".join([*lines, ""]), encoding="ascii", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
