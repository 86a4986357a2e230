"""The handbook says what the program shows: its words, its keys, its pictures and its links are checked against it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import click

from hydesk.cli.commands import COMMANDS
from hydesk.resource_files import handbook_folder
from hydesk.ui.frame.navigation import PLACES
from hydesk.ui.frame.shortcuts import KEYS
from hydesk.ui.help.markdown import to_html
from hydesk.ui.help.pages import CONTENTS, Handbook
from hydesk.ui.help.topics import TOPICS, topic_of_module
from hydesk.ui.screens import SCREENS
from tests.test_architecture import tree_of

ROOT = Path(__file__).resolve().parents[3]
TEXTS = {p.stem: p.read_text(encoding="utf-8") for p in sorted(handbook_folder().glob("*.md"))}
COMMAND = re.compile(r"^hydesk(-cli)? ")
TYPED = re.compile(r"^\{.+\}$|^[^ =]+=[^ =]+")
"""What is typed into a sentence or a scope (docs/rules.md §11.2, §17.1)."""
END = re.compile(r"(…|\.\.\.)?( ▾)?((　| )(F\d+|Ctrl|Esc|Enter|Alt).*)?(\t.*)?(（[^）]*）)?$")


@cache
def shown_words() -> frozenset[str]:
    """Every text literal of the program's window and of what it takes words from, as it stands and without its key."""
    found: set[str] = set()
    for room in ("ui", "services", "domain", "reports"):
        for path in (ROOT / "hydesk" / room).rglob("*.py"):
            for node in ast.walk(tree_of(path)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return frozenset(found | {bare(word) for word in found})


def bare(word: str) -> str:
    """A button's word without its dots, its arrow and its key."""
    return END.sub("", word.strip(), count=1).strip("　 ")


def test_every_word_in_brackets_stands_on_the_screen() -> None:
    wrong = [f"{page}: 「{word}」" for page, text in TEXTS.items() for word in re.findall(r"「([^」]+)」", text)
             if not {word, bare(word)} & shown_words() and word not in {p.word for p in PLACES} and page != CONTENTS]
    assert not wrong, "\n".join(wrong)


_KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|Enter|Return|Esc|Escape|Delete|Home|Left|Right|空格|↑↓|[A-Z0-9←→↑↓])")
_SAME = {"Return": "Enter", "Escape": "Esc", "Left": "←", "Right": "→", "Del": "Delete"}


@cache
def known_keys() -> frozenset[str]:
    found = set()
    for word in shown_words():
        for key in _KEY.findall(word):
            head, _, last = key.rpartition("+")
            found.add(f"{head}+{_SAME.get(last, last)}" if head else _SAME.get(last, last))
    more = {f"{m[0]}+{n}" for m in (("Ctrl", 9), ("Alt", 9)) for n in range(1, m[1] + 1)}  # bound in loops
    return frozenset(found | more | {"Shift", "Ctrl", "Ctrl+滚轮"})


@cache
def known_words() -> frozenset[str]:
    """Every command and every option of one."""
    found: set[str] = set()
    waiting: list[click.Command] = [*COMMANDS]
    while waiting:
        command = waiting.pop()
        found.update(name for p in command.params for name in p.opts)
        found.add(command.name or "")
        waiting += command.commands.values() if isinstance(command, click.Group) else ()
    return frozenset(found)


def test_every_key_is_one_the_program_knows() -> None:
    wrong = []
    for page, text in TEXTS.items():
        for key in re.findall(r"`([^`]+)`", text):
            word = key.partition(" ")[0] if key.startswith("--") else key
            if word not in known_keys() | known_words() and not COMMAND.match(key) and not TYPED.match(key):
                wrong.append(f"{page}: {key}")
    assert not wrong, "\n".join(wrong)


def test_the_page_of_keys_holds_all_that_the_program_tells() -> None:
    for keys, _what in KEYS:
        for key in keys.split(" / "):
            for one in (k for part in key.split(" ") for k in [part] if len(k) > 1):
                assert one.strip("…") in TEXTS["keys"] or one.replace("8", "").strip() in TEXTS["keys"], one


def test_links_lead_somewhere() -> None:
    anchors = {page: {h.anchor for h in to_html(text)[1]} for page, text in TEXTS.items()}
    for page, text in TEXTS.items():
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", text):
            file, _, anchor = target.partition("#")
            name = file.removesuffix(".md") or page
            assert name in TEXTS, f"{page} → {target}"
            assert not anchor or anchor in anchors[name], f"{page} → {target}"


def test_every_page_is_in_the_contents_and_has_a_title() -> None:
    book = Handbook()
    assert set(book.pages) == set(TEXTS)
    assert all(p.title and p.headings[0].level == 1 for p in book.pages.values())
    assert len(re.findall(r"^### ", TEXTS["questions"], re.M)) >= 20


def test_pictures_are_those_the_generator_takes() -> None:
    named = {m for text in TEXTS.values() for m in re.findall(r"!\[[^\]]+\]\(pictures/([\w-]+)\.png\)", text)}
    assert named == shots()
    folder = handbook_folder() / "pictures"
    there = {p.stem: p.stat().st_size for p in folder.glob("*.png")}
    assert set(there) == named
    assert sum(there.values()) < 4_000_000


def shots() -> set[str]:
    """The names of the pictures that scripts/make_handbook.py takes."""
    source = (ROOT / "scripts" / "handbook_shots.py").read_text(encoding="utf-8")
    return set(re.findall(r'^@shot\("([\w-]+)"', source, re.M))


def test_every_part_of_the_window_has_its_page() -> None:
    anchors = {page: {h.anchor for h in to_html(text)[1]} for page, text in TEXTS.items()}
    for module, topic in TOPICS.items():
        page, _, anchor = topic.partition("#")
        assert page in TEXTS, topic
        assert not anchor or anchor in anchors[page], topic
        path = ROOT / Path(*module.split("."))
        assert path.is_dir() or path.with_suffix(".py").is_file(), module
    for screen in SCREENS:
        assert topic_of_module(f"hydesk.ui.screens.{'registers' if screen in ('work', 'meeting') else screen}.screen")
