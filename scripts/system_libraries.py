"""Finds the shared libraries Qt needs on Linux; installs the missing ones where that is allowed, else names them.

Exit status 0 when all are there (or this is not Linux), 1 when some are missing and could not be installed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""File name of the library and the Debian/Ubuntu package that holds it."""


def missing() -> list[str]:
    """Packages whose library cannot be loaded."""
    packages = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def install_prefix() -> list[str] | None:
    """How to become root here: nothing, sudo without a question, or not at all."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def install(packages: list[str], prefix: list[str]) -> None:
    print("正在安装窗口需要的系统组件：" + " ".join(packages), flush=True)
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    arguments = ["install", "-y", "-q", "--no-install-recommends", *packages]
    if subprocess.call([*command, *arguments], stdout=subprocess.DEVNULL):
        subprocess.call([*command, "update", "-q"], stdout=subprocess.DEVNULL)
        subprocess.call([*command, *arguments], stdout=subprocess.DEVNULL)


def main() -> int:
    if sys.platform != "linux":
        return 0
    packages = missing()
    if not packages:
        return 0
    prefix = install_prefix()
    if prefix is not None:
        install(packages, prefix)
    # A fresh process: the loader of this one may remember what was not there.
    if prefix is not None and subprocess.call([sys.executable, __file__, "--only-look"]) == 0:
        return 0
    print("窗口需要的系统组件不全。请运行下面这一条命令，然后再来一次：\n  sudo apt-get install -y " + " ".join(packages),
          file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(bool(missing()) if "--only-look" in sys.argv else main())
