"""What the bundled fonts must be able to set: every name of GB 18030's two-byte part, every sign the program writes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from hydesk.reports.fonts import Role, find_fonts
from hydesk.resource_files import resource
from tests.test_architecture import SOURCES, tree_of

FACES = sorted(resource("fonts").glob("*.ttf"))


def two_bytes() -> set[str]:
    """Every character of GBK, which GB 18030 sets in two bytes, but for those of private use."""
    found = set()
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                found.add(bytes((high, low)).decode("gbk"))
            except UnicodeDecodeError:
                continue
    return {c for c in found if not 0xE000 <= ord(c[0]) <= 0xF8FF}


def written_signs() -> set[str]:
    """The signs in the program's own sentences: shapes, arrows, circled numbers, punctuation."""
    words = {node.value for path in SOURCES for node in ast.walk(tree_of(path))
             if isinstance(node, ast.Constant) and isinstance(node.value, str) and "returns" not in path.parts}
    return {c for text in words for c in text if 0x2010 <= ord(c) < 0x2E80 and not 0x2028 <= ord(c) <= 0x202E
            and not 0x2060 <= ord(c) <= 0x206F}


@pytest.mark.parametrize("role", list(Role))
def test_every_name_can_be_printed(role: Role) -> None:
    fonts = find_fonts([])
    faces = (*fonts.chains[role], *fonts.last())
    known = set().union(*(face.advances for face in faces))
    assert [c for c in two_bytes() if ord(c) not in known] in ([], ["≒"]), "the whole faces lack this one too"
    assert {ord(c) for c in "䶮㙍𬭬𫓧"} <= known, "names with characters beyond it"


def test_every_sign_the_program_writes_is_in_the_screens_faces(qapp: object) -> None:
    from PySide6.QtGui import QRawFont

    regular, medium = (QRawFont(str(resource("fonts", f"NotoSansSC-{w}.ttf")), 12) for w in ("Regular", "Medium"))
    lacking = sorted(c for c in written_signs() if not regular.supportsCharacter(ord(c)))
    assert not lacking, lacking
    assert not [c for c in written_signs() if regular.supportsCharacter(ord(c)) and not medium.supportsCharacter(ord(c))]


def test_the_fonts_are_small_enough_to_hand_out() -> None:
    assert sum(Path(f).stat().st_size for f in FACES) < 30_000_000
