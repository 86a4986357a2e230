"""What a release says of itself agrees: the number in its places, its heading, its notes."""

from __future__ import annotations

import re
import tomllib

import hydesk
from tests.test_architecture import ROOT

VERSION = str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def test_the_number_stands_alike_in_package_program_and_changelog() -> None:
    newest = re.search(r"^## (\S+?)（", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest is not None
    assert (hydesk.__version__, newest[1]) == (VERSION, VERSION)


def test_the_version_has_notes_that_name_what_is_given_out() -> None:
    notes = (ROOT / "docs" / "releases" / f"{VERSION}.md").read_text(encoding="utf-8")
    for file in ("setup.exe", "windows-portable.zip", "handbook.pdf", "bom.cdx.json"):
        assert f"hydesk-{VERSION}-{file}" in notes
    assert "SHA256SUMS" in notes


def test_the_workflow_publishes_these_notes() -> None:
    workflow = (ROOT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8")
    assert "--notes-file docs/releases/" in workflow
