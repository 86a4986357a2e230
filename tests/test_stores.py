"""The tests' own PostgreSQL leaves nothing behind, and where there is none that is said."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import postgres, stores
from tests.stores import Server

USER = ("import sys, time; from pathlib import Path; from tests.postgres import shared_server; "
        "print(shared_server(Path(sys.argv[1])), flush=True); time.sleep(600)")


def _user_of(folder: Path) -> tuple[subprocess.Popen[str], str]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    started = subprocess.Popen([sys.executable, "-c", USER, str(folder)], stdout=subprocess.PIPE, text=True, env=environment)
    assert started.stdout is not None
    return started, started.stdout.readline().strip()


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_server_is_shared_and_goes_with_its_last_user_even_a_killed_one(
        server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.environ.get("HYDESK_TEST_SERVER"):
        pytest.skip("the server is not one of the tests' own")
    import psycopg

    place = Path(tempfile.mkdtemp(prefix="postgres-of-a-test-"))
    place.chmod(0o755)  # the user it runs as must come through
    monkeypatch.setenv("TMPDIR", str(place))
    first, address = _user_of(tmp_path / "postgres")
    second, same = _user_of(tmp_path / "postgres")
    assert address == same
    _kill(first)
    with psycopg.connect(f"{address}/postgres") as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    _kill(second)
    given_up = time.monotonic() + 60
    while any(place.iterdir()):
        assert time.monotonic() < given_up, "the server's folder was left"
        time.sleep(0.05)
    place.rmdir()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"{address}/postgres", connect_timeout=5)
    assert not (tmp_path / "postgres" / "address").exists()


def test_a_machine_without_the_programs_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(postgres.NoServer, match=r"apt-get install postgresql|on Unix only"):
        postgres.programs()


def test_debians_newest_version_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("the tests start a PostgreSQL of their own on Unix only")
    for version in ("9.6", "15", "9.4", "13"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert postgres.programs().parent.name == "15"


def test_what_was_skipped_for_want_of_a_server_is_said_in_one_line() -> None:
    lines: list[str] = []
    reports = [SimpleNamespace(longrepr=("file", 1, f"Skipped: {stores.SKIPPED}there is none")) for _ in range(3)]
    other = SimpleNamespace(longrepr=("file", 1, "Skipped: this user may write everywhere"))
    reporter = SimpleNamespace(stats={"skipped": [*reports, other]}, write_line=lambda line, **_: lines.append(line))
    stores.pytest_terminal_summary(reporter)
    assert lines == ["PostgreSQL: 3 tests were skipped, there is none"]
    reporter.stats = {"skipped": [other]}
    stores.pytest_terminal_summary(reporter)
    assert len(lines) == 1
