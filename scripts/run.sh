#!/bin/sh
# Starts the main job: the window, or, where there is no display, the same job without one.
# Usage: run.sh HYDESK PYTHON
set -eu
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    echo "这台机器没有图形界面，窗口打不开。改为不开窗口做同一件事：建立演示台账，收各单位报表，把报告写到 out/。"
    exec "$1" demo --out out
fi
"$2" scripts/system_libraries.py
exec "$1" --demo
