"""What the repository says of itself is so: cited rules exist, named files are there, every room has its place on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
CITED = re.compile(r"docs/rules\.md((?:[\s,;]|and|§\d+(?:\.\d+)?)+)")
PAGES = ("docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md", "docs/mutation.md", "docs/reliability.md", "docs/windows.md",
         "docs/releasing.md", "docs/tour.md", "README.en.md")


def sections() -> set[str]:
    """The § that docs/rules.md has: 3, 3.1 …"""
    return set(re.findall(r"^(?:## |- \*\*)§(\d+(?:\.\d+)?)", RULES, re.M))


@pytest.mark.parametrize("folder", ["hydesk", "tests"])
def test_every_rule_that_is_cited_exists(folder: str) -> None:
    known, wrong, cited = sections(), [], 0
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for found in CITED.finditer(text):
            for number in re.findall(r"§(\d+(?:\.\d+)?)", found[1]):
                cited += 1
                if number not in known:
                    wrong.append(f"{path.relative_to(ROOT)}: §{number}")
    assert not wrong, "\n".join(wrong)
    assert cited >= 6


def test_measures_name_a_rule_that_exists() -> None:
    from hydesk.domain.measures.named import MEASURES

    assert {m.rule for m in MEASURES.values()} <= sections()


def test_rules_name_modules_that_exist() -> None:
    named = re.findall(r"`((?:domain|returns|services|reports)/[\w/]+)(?:\.\w+)?`", RULES)
    assert len(named) >= 20
    assert not [n for n in named if not (ROOT / "hydesk" / f"{n}.py").exists() and not (ROOT / "hydesk" / n).is_dir()]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_files_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    made = set(re.findall(r"^A file `([^`]+)`:", text, re.M))  # examples, put into a copy of the program by tests/examples
    gone = []
    for name in re.findall(r"`([\w./-]+)`", text):
        if "/" not in name or "NNNN" in name or name in made or name.startswith((".venv/", "build/", "out/")):
            continue
        if not any((base / name).exists() for base in (ROOT, ROOT / "hydesk")):
            gone.append(name)
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        if not ((ROOT / page).parent / link).exists():
            gone.append(link)
    assert not gone, gone


def test_every_room_stands_on_the_page_of_the_architecture() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [p.name for p in (ROOT / "hydesk").iterdir() if p.is_dir() and p.name != "__pycache__"]
    assert not [r for r in rooms if f"{r}/" not in page]
