"""Where the files that ship with the program are: fonts, icons, style, report templates."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as ``resource("fonts", "NotoSansSC-Regular.ttf")``.

    In the frozen program it lies in the bundle's own folder, otherwise in the checkout's ``resources``.
    It is not checked to exist.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)


def handbook_folder() -> Path:
    """The folder of the clerk's handbook, Markdown and pictures; it is not checked to exist."""
    return resource().parent / "docs" / "handbook"
