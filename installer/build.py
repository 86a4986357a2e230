"""Builds all that is given out: python installer/build.py [--fast] [--no-setup | --pack SYSTEM]

In dist/: the frozen program's folder, a portable zip of it, the setup program (where makensis is there), the handbook
as a PDF, the bill of materials and SHA256SUMS. The frozen program is tried before anything is packed. ``--fast`` packs the setup less tightly.
``--pack windows`` packs what was frozen on that system before, on any system and with the standard library alone.
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
BILL = ROOT / "build" / "bill"
ICON, SIDE = ROOT / "build" / "app.ico", ROOT / "build" / "side.bmp"
LARGEST = {"setup": 80_000_000, "portable": 160_000_000}
"""Bytes at most of what an office downloads and carries, by what its file name ends with."""


def version() -> str:
    """The program's version, from the one place where it stands."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def freeze() -> None:
    """Freeze the program into dist/hydesk and try it."""
    call(sys.executable, ROOT / "installer" / "make_icon.py", ICON, SIDE)
    call(sys.executable, ROOT / "installer" / "bill.py", BILL)
    call(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", DIST,
         "--workpath", ROOT / "build" / "frozen", ROOT / "installer" / "hydesk.spec")
    call(sys.executable, ROOT / "installer" / "smoke_test.py", PROGRAM)


def portable(system: str) -> Path:
    """The folder as a zip that runs from anywhere, a memory stick too."""
    made = shutil.make_archive(str(DIST / f"hydesk-{version()}-{system}-portable"), "zip", DIST, "hydesk")
    return Path(made)


def handbook() -> Path:
    """The clerk's handbook as one PDF to hand out, with the pictures as they stand."""
    target = DIST / f"hydesk-{version()}-handbook.pdf"
    call(sys.executable, ROOT / "scripts" / "make_handbook.py", "--no-pictures", "--pdf", target)
    return target


def bill() -> Path:
    """The bill of materials beside the packages, for whoever keeps account of what is in use without installing it."""
    target = DIST / f"hydesk-{version()}-bom.cdx.json"
    target.write_bytes((BILL / "bom.cdx.json").read_bytes())
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


def checksums(files: list[Path], *, bounded: bool) -> None:
    """SHA256SUMS as ``sha256sum --check`` reads it, with the sizes said; ``bounded``: they are held to ``LARGEST``."""
    lines = []
    for file in files:
        with file.open("rb") as f:
            lines.append(f"{hashlib.file_digest(f, 'sha256').hexdigest()}  {file.name}\n")
        size = file.stat().st_size
        print(f"{size / 1e6:7.1f} MB  {file.name}", flush=True)
        for kind, largest in LARGEST.items():
            if bounded and file.stem.endswith(kind) and size > largest:
                raise SystemExit(f"{file.name} is larger than {largest / 1e6:.0f} MB")
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def call(*command: object) -> None:
    """Run a command; its failure ends the build."""
    subprocess.run([str(word) for word in command], cwd=ROOT, check=True)


def main() -> None:
    """Build everything asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--no-setup", action="store_true", help="freeze and try only")
    parser.add_argument("--pack", metavar="SYSTEM", choices=("windows", "linux", "macos"), help="pack only")
    asked = parser.parse_args()
    if asked.pack is None:
        freeze()
    if not asked.no_setup:
        system = asked.pack or {"Windows": "windows", "Linux": "linux", "Darwin": "macos"}[platform.system()]
        made = [portable(system), setup(asked.fast), handbook() if asked.pack is None else None, bill()]
        checksums([f for f in made if f is not None], bounded=not asked.fast)


if __name__ == "__main__":
    main()
