"""One English word a term: no public class name stands for two things, and the glossary speaks of what is there."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.test_architecture import tree_of

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "hydesk").rglob("*.py"))
GLOSSARY = ROOT / "docs" / "glossary.md"
VAGUE = re.compile(r"(Manager|Helper|Util|Utils|Handler|Processor|Wrapper)$")
"""Words that say of a class only that somebody did not know what it is."""


def public_classes() -> dict[str, list[str]]:
    """Where each public class of the program stands, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in SOURCES:
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.relative_to(ROOT).as_posix())
    return found


def names_in_code() -> set[str]:
    """Every name that is defined in, or is an attribute or a file of, the program."""
    found: set[str] = set()
    for path in SOURCES:
        found.update((path.stem, path.parent.name))
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.keyword) and node.arg:
                found.add(node.arg)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                found.add(node.value)
    return found


def class_members() -> dict[str, set[str]]:
    """What each class of the program has: its fields, members and methods."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                targets = [t for n in node.body if isinstance(n, ast.Assign | ast.AnnAssign)
                           for t in (n.targets if isinstance(n, ast.Assign) else [n.target])]
                found[node.name] = {t.id for t in targets if isinstance(t, ast.Name)}
                found[node.name] |= {n.name for n in node.body if isinstance(n, ast.FunctionDef)}
    return found


def glossary_rows() -> list[tuple[str, str]]:
    """Term and identifiers of each row of the glossary."""
    rows = (line.split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| "))
    return [(cells[1].strip(), cells[2]) for cells in rows][2:]


def test_no_public_class_name_stands_for_two_things() -> None:
    doubled = {name: places for name, places in public_classes().items() if len(places) > 1}
    assert not doubled, "\n".join(f"{name}: {', '.join(places)}" for name, places in sorted(doubled.items()))


def test_class_names_say_what_a_thing_is() -> None:
    assert not [name for name in public_classes() if VAGUE.search(name)]


def test_the_glossary_names_only_what_is_in_the_code() -> None:
    known, members = names_in_code(), class_members()
    gone = []
    for term, identifiers in glossary_rows():
        for identifier in re.findall(r"`([^` ]+)`", identifiers):
            gone += [f"{term}: {identifier}" for word in re.findall(r"[A-Za-z_][A-Za-z_0-9]*", identifier) if word not in known]
            owner, _, member = identifier.partition(".")
            if member and member not in members.get(owner, {member}):
                gone.append(f"{term}: {identifier}")
    assert not gone, "\n".join(gone)


def test_a_class_is_the_word_of_one_term_in_the_glossary() -> None:
    terms: dict[str, list[str]] = defaultdict(list)
    classes = public_classes()
    for term, identifiers in glossary_rows():
        for identifier in re.findall(r"`([A-Za-z]+)`", identifiers):
            if identifier in classes:
                terms[identifier].append(term)
    doubled = {name: said for name, said in terms.items() if len(said) > 1}
    assert not doubled, "\n".join(f"{name}: {'; '.join(said)}" for name, said in sorted(doubled.items()))
