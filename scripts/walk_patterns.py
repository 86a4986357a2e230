"""Walks every screen, tab, panel, menu and dialog in every size of text and window and in every theme, and lists what the
pattern book (docs/patterns.md) forbids.

python scripts/walk_patterns.py [--ledger FILE] [--pictures FOLDER] [--only WORD ...]: all twelve settings, or those of every WORD, as
150% largest; a table of them at the end, and status 1 where there is a fault. One process a setting, since a size of text and a scale
of the screen are for what is made afterwards. With a folder each state is kept as a picture.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = (("1366x700", "1", 1366, 700), ("1280x720", "1.5", 1280, 720))
"""A name, QT_SCALE_FACTOR, and the window in points."""
TEXTS = ("standard", "large", "largest")
THEMES = ("light", "dark", "high_light", "high_dark")
SETTINGS = [(window, text, theme) for window in WINDOWS for text in TEXTS for theme in (THEMES if text == "standard" else THEMES[:1])]
"""Colours do not move what stands where: the other themes are walked in one size of text."""


def walk(ledger: Path, size: str, text: str, theme: str, folder: Path | None) -> int:
    """One setting, in this process; how many faults it has."""
    sys.path[:0] = [str(ROOT / "scripts"), str(ROOT)]
    from handbook_stage import Stage
    from PySide6.QtCore import QSize

    from hydesk.ui import style, tokens
    from tests.ui.pattern_states import SCREEN_STATES, dialogs, panel_states
    from tests.ui.patterns import context_menus, faint_texts, faults, unfocused

    _name, _scale, wide, high = next(w for w in WINDOWS if w[0] == size)
    tokens.scale_text(tokens.TEXT_SIZES[text][1])
    found: dict[str, None] = {}

    def note(told: Iterable[str]) -> None:
        for fault in told:
            if fault not in found:
                found[fault] = None
                print(f"{size} {text} {theme}  {fault}", flush=True)

    with Stage(ledger, size=QSize(wide, high)) as stage:
        stage.theme.palette = style.FIXED[theme]
        style.dress(stage.app, stage.theme)
        stage.window.resize(wide, high)
        stage.window.activateWindow()

        def look(where: str, window: QWidget = stage.window) -> None:
            note(faults(window, where))
            if text == "standard":  # neither colours nor menus change with the size of text
                note([*faint_texts(window, where), *context_menus(window, where)])
            if folder is not None:
                window.grab().save(str(folder / f"{size} {text} {theme} {where.replace('/', '-')}.png"))

        def settle() -> None:
            stage.settle(2)

        for key, states in SCREEN_STATES.items():
            for n, state in enumerate(states(stage.window, stage.desk, settle)):
                settle()
                if not n:
                    note(unfocused(stage.window, stage.window.made(key), key))
                look(f"{key} {state}")
        for state in panel_states(stage.window, stage.desk, settle):
            look(state)
        for dialog in dialogs(stage.window, stage.desk):
            dialog.resize(dialog.size().expandedTo(QSize(1040, 640)))  # the offscreen desktop is smaller than any
            dialog.show()
            settle()
            look(type(dialog).__name__, dialog)
            dialog.close()
    return len(found)


def run(ledger: Path, setting: tuple[tuple[str, str, int, int], str, str], pictures: Path | None) -> tuple[int, bool]:
    """One setting in a process of its own: how many faults it told, and whether it came to its end."""
    (size, scale, _wide, _high), text, theme = setting
    more = ["--pictures", str(pictures)] if pictures else []
    done = subprocess.run([sys.executable, __file__, "--one", str(ledger), size, text, theme, *more], check=False, text=True,
                          stdout=subprocess.PIPE, env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale})
    print(done.stdout, end="", flush=True)
    return len(done.stdout.splitlines()), done.returncode in (0, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, help="keep every state as a picture in this folder")
    parser.add_argument("--ledger", type=Path, help="the ledger to walk on a copy of; without it the demonstration is made")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="settings of all of these, as 150%% largest")
    parser.add_argument("--one", nargs=4, metavar=("LEDGER", "WINDOW", "TEXT", "THEME"), help="one setting, in this process")
    asked = parser.parse_args()
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    if asked.one:
        return min(1, walk(Path(asked.one[0]), *asked.one[1:], asked.pictures))
    sys.path[:0] = [str(ROOT)]
    from hydesk.services.demonstration.make_demo import make_demo_ledger

    lines, wrong = [], False
    with tempfile.TemporaryDirectory() as folder:
        ledger = asked.ledger or Path(folder) / "demo.hydesk"
        if asked.ledger is None:
            make_demo_ledger(ledger).close()
        for setting in SETTINGS:
            name = f"{setting[0][0]:<9} {float(setting[0][1]):>5.0%}  {setting[1]:<9} {setting[2]:<10}"
            if all(word in name.split() for word in asked.only):
                many, ended = run(ledger, setting, asked.pictures)
                wrong = wrong or bool(many) or not ended
                lines.append(f"{name} {many if ended else 'broken off'}")
    print("\nwindow    scale  text      theme      faults", *lines, sep="\n")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
