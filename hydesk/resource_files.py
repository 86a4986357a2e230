"""Where the files that ship with the program are: fonts, icons, style, report templates, the handbook."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _places() -> tuple[Path, Path]:
    """The folders of resources and of the handbook.

    The frozen program has them in the bundle's own folder, an installed wheel inside the package (setup.py), a checkout
    where they are written.
    """
    if (bundle := getattr(sys, "_MEIPASS", None)) is not None:
        return Path(bundle) / "resources", Path(bundle) / "docs" / "handbook"
    if (_PACKAGE / "resources").is_dir():
        return _PACKAGE / "resources", _PACKAGE / "handbook"
    return _PACKAGE.parent / "resources", _PACKAGE.parent / "docs" / "handbook"


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as ``resource("fonts", "NotoSansSC-Regular.ttf")``.

    It is not checked to exist.
    """
    return _places()[0].joinpath(*parts)


def handbook_folder() -> Path:
    """The folder of the clerk's handbook, Markdown and pictures; it is not checked to exist."""
    return _places()[1]
