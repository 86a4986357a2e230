"""One kind of spreadsheet into another by LibreOffice, where the machine has it."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from hydesk.temporary import temporary_folder

_PLACES = (r"C:\Program Files\LibreOffice\program\soffice.exe", r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
           "/Applications/LibreOffice.app/Contents/MacOS/soffice", "/usr/bin/soffice")
_LONGEST = 120
"""Seconds; a form takes a few, the first start of the program some more."""


@cache
def office_program() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or next((p for p in _PLACES if os.path.exists(p)), None)


def convert(content: bytes, ending: str, wanted: str) -> bytes | None:
    """``content``, a file of kind ``ending``, as ``wanted``; None where it could not be done."""
    program = office_program()
    if program is None:
        return None
    with temporary_folder() as folder:
        source = folder / f"form.{ending}"
        source.write_bytes(content)
        out = folder / "out"
        out.mkdir()
        try:
            subprocess.run([program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", wanted,
                            "--outdir", str(out), str(source)], capture_output=True, timeout=_LONGEST, check=True,
                           creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
        except (OSError, subprocess.SubprocessError):
            return None
        made = Path(out / f"form.{wanted}")
        return made.read_bytes() if made.exists() else None
