"""The set-up scripts say in one sentence what is missing and what to run."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux needs them")
def test_missing_libraries_are_named_with_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    script = load("system_libraries")
    monkeypatch.setattr(script, "LIBRARIES", {"libsurely-not-there.so.9": "libsurely-not-there9"})
    monkeypatch.setattr(script, "install_prefix", lambda: None)
    assert script.main() == 1
    assert "sudo apt-get install -y libsurely-not-there9" in capsys.readouterr().err


def test_what_is_there_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    script = load("system_libraries")
    monkeypatch.setattr(script, "LIBRARIES", {})
    assert script.main() == 0


def test_a_python_without_venv_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    script = load("set_up")
    monkeypatch.setattr(script, "has_venv", lambda: False)
    monkeypatch.setattr(script, "may_install", lambda: False)
    assert script.main("nowhere") == 1
    assert "python3-venv" in capsys.readouterr().err


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    script = load("set_up")
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 2))
    assert script.main("nowhere") == 1
    assert "3.11" in capsys.readouterr().err
