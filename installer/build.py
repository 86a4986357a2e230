"""Builds all that is given out: python installer/build.py [--fast] [--no-setup]

In dist/: the frozen program's folder, a portable zip of it, the setup program (where makensis is there), the handbook
as a PDF and SHA256SUMS. The frozen program is tried before anything is packed. ``--fast`` packs the setup less tightly.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PROGRAM = DIST / "hydesk"
ICON, SIDE = ROOT / "build" / "app.ico", ROOT / "build" / "side.bmp"


def version() -> str:
    """The program's version, from the one place where it stands."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def freeze() -> None:
    """Freeze the program into dist/hydesk and try it."""
    call(sys.executable, ROOT / "installer" / "make_icon.py", ICON, SIDE)
    call(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", DIST,
         "--workpath", ROOT / "build" / "frozen", ROOT / "installer" / "hydesk.spec")
    call(sys.executable, ROOT / "installer" / "smoke_test.py", PROGRAM)


def portable() -> Path:
    """The folder as a zip that runs from anywhere, a memory stick too."""
    system = {"Windows": "windows", "Linux": "linux", "Darwin": "macos"}[platform.system()]
    made = shutil.make_archive(str(DIST / f"hydesk-{version()}-{system}-portable"), "zip", DIST, "hydesk")
    return Path(made)


def handbook() -> Path:
    """The clerk's handbook as one PDF to hand out, with the pictures as they stand."""
    target = DIST / f"hydesk-{version()}-handbook.pdf"
    call(sys.executable, ROOT / "scripts" / "make_handbook.py", "--no-pictures", "--pdf", target)
    return target


def setup(fast: bool) -> Path | None:
    """The setup program for Windows; None where makensis is not there."""
    makensis = shutil.which("makensis")
    if makensis is None:
        print("makensis is not installed: no setup program was made")
        return None
    target = DIST / f"hydesk-{version()}-setup.exe"
    values = {"VERSION": version(), "SOURCE": PROGRAM, "TARGET": target, "ICON": ICON, "SIDE": SIDE} | ({"FAST": 1} if fast else {})
    call(makensis, "-V2", "-INPUTCHARSET", "UTF8", *(f"-D{k}={v}" for k, v in values.items()),
         ROOT / "installer" / "hydesk.nsi")
    return target


def checksums(files: list[Path]) -> None:
    """SHA256SUMS as ``sha256sum --check`` reads it, with the sizes said."""
    lines = []
    for file in files:
        with file.open("rb") as f:
            lines.append(f"{hashlib.file_digest(f, 'sha256').hexdigest()}  {file.name}\n")
        print(f"{file.stat().st_size / 1e6:7.1f} MB  {file.name}")
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def call(*command: object) -> None:
    """Run a command; its failure ends the build."""
    subprocess.run([str(word) for word in command], cwd=ROOT, check=True)


def main() -> None:
    """Build everything asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--no-setup", action="store_true", help="freeze and try only")
    asked = parser.parse_args()
    freeze()
    if not asked.no_setup:
        checksums([f for f in (portable(), setup(asked.fast), handbook()) if f is not None])


if __name__ == "__main__":
    main()
