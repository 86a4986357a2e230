"""Walks every screen, panel and dialog in every size of text, window and theme, and lists what the pattern book forbids.

python scripts/walk_patterns.py [--pictures FOLDER]: one process a setting, since a size of text and a scale of the screen are
for what is made afterwards. With a folder each state is kept as a picture.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = (("1366x700", "1", 1366, 700), ("1280x720", "1.5", 1280, 720))
"""A name, QT_SCALE_FACTOR, and the window in points."""
THEMES = ("light", "dark", "high_light", "high_dark")


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
    found: list[str] = []
    with Stage(ledger, size=QSize(wide, high)) as stage:
        stage.theme.palette = style.FIXED[theme]
        style.dress(stage.app, stage.theme)
        stage.window.resize(wide, high)
        stage.window.activateWindow()

        def look(where: str, window: object = None) -> None:
            found.extend(faults(window or stage.window, where))  # type: ignore[arg-type]
            found.extend(faint_texts(window or stage.window, where))  # type: ignore[arg-type]
            found.extend(context_menus(window or stage.window, where))  # type: ignore[arg-type]
            if folder is not None:
                (window or stage.window).grab().save(str(folder / f"{size} {text} {theme} {where.replace('/', '-')}.png"))  # type: ignore[attr-defined]

        for key, states in SCREEN_STATES.items():
            for n, state in enumerate(states(stage.window, stage.desk, stage.settle)):
                stage.settle()
                if not n:
                    found.extend(unfocused(stage.window, stage.window.made(key), key))
                look(f"{key} {state}")
        for state in panel_states(stage.window, stage.desk, stage.settle):
            look(state)
        for dialog in dialogs(stage.window, stage.desk):
            dialog.resize(dialog.size().expandedTo(QSize(1040, 640)))  # the offscreen desktop is smaller than any
            dialog.show()
            stage.settle()
            look(type(dialog).__name__, dialog)
            dialog.close()
    for fault in dict.fromkeys(found):
        print(f"{size} {text} {theme}  {fault}", flush=True)
    return len(set(found))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="keep every state as a picture in this folder")
    parser.add_argument("--one", nargs=4, metavar=("LEDGER", "WINDOW", "TEXT", "THEME"), help="one setting, in this process")
    asked = parser.parse_args()
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    if asked.one:
        return min(1, walk(Path(asked.one[0]), *asked.one[1:], asked.pictures))
    from hydesk.services.demonstration.make_demo import make_demo_ledger

    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "demo.hydesk"
        make_demo_ledger(ledger).close()
        for size, scale, _w, _h in WINDOWS:
            for text in ("standard", "large", "largest"):
                for theme in THEMES if text == "standard" else THEMES[:1]:
                    more = ["--pictures", str(asked.pictures)] if asked.pictures else []
                    done = subprocess.run([sys.executable, __file__, "--one", str(ledger), size, text, theme, *more], check=False,
                                          env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale})
                    wrong += bool(done.returncode)
    return min(1, wrong)


if __name__ == "__main__":
    sys.exit(main())
