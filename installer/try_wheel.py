"""Makes the wheel, installs it into an empty environment and uses it there: python installer/try_wheel.py [FOLDER]

The wheel is left in FOLDER (dist/). What is tried is what somebody gets who installs hydesk with pip, pipx or uv: a
program with its fonts, registers and handbook, and no checkout beside it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import smoke_test

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 20_000_000
"""Bytes of the wheel at most."""


def main(target: Path) -> int:
    """Build, install, try; 1 where anything is not as it should be."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        fresh = Path(scratch)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(fresh / "wheel"), str(ROOT)], check=True)
        (wheel,) = (fresh / "wheel").glob("hydesk-*.whl")
        size = wheel.stat().st_size
        print(f"{wheel.name}: {size / 1e6:.2f} MB of {LARGEST / 1e6:.0f} at most")
        smoke_test.require(size <= LARGEST, f"the wheel is larger than {LARGEST / 1e6:.0f} MB")
        target.mkdir(parents=True, exist_ok=True)
        kept = target / wheel.name
        kept.write_bytes(wheel.read_bytes())
        subprocess.run([sys.executable, "-m", "venv", str(fresh / "env")], check=True)
        programs = fresh / "env" / ("Scripts" if sys.platform == "win32" else "bin")
        python = programs / ("python.exe" if sys.platform == "win32" else "python")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}[server]"], check=True)
        print(f"{time.monotonic() - began:6.1f} s  made and installed", flush=True)
        return smoke_test.main(programs, installed=True)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"))
