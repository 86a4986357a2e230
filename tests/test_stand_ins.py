"""What SQLAlchemy names and a ledger in a file never asks for is loaded only where somebody asks."""

from __future__ import annotations

import subprocess
import sys


def test_a_ledger_is_asked_without_them_and_whoever_asks_has_the_module_itself() -> None:
    code = (
        "import sys\n"
        "from hydesk.stand_ins import let_stand_in\n"
        "let_stand_in()\n"
        "from sqlalchemy import create_engine, text\n"
        "from sqlalchemy.util.concurrency import iscoroutine\n"
        "with create_engine('sqlite://').connect() as connection:\n"
        "    assert connection.execute(text('SELECT 1')).scalar() == 1\n"
        "assert not {'asyncio.events', 'email', 'ssl', 'sqlalchemy.connectors.asyncio'} & set(sys.modules)\n"
        "import asyncio\n"
        "from importlib.metadata import version\n"
        "assert version('click')\n"
        "async def answer(): return 2\n"
        "asked = answer()\n"
        "assert iscoroutine(asked) and not iscoroutine(2)\n"
        "assert asyncio.run(asked) == 2\n"
        "import asyncio as again\n"
        "assert again is sys.modules['asyncio'] and again.iscoroutine is asyncio.coroutines.iscoroutine\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_module_that_is_loaded_stays() -> None:
    code = (
        "import asyncio, sys\n"
        "from hydesk.stand_ins import let_stand_in\n"
        "let_stand_in()\n"
        "assert sys.modules['asyncio'] is asyncio\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_error_of_the_database_is_told_all_the_same() -> None:
    code = (
        "from hydesk.stand_ins import let_stand_in\n"
        "let_stand_in()\n"
        "from sqlalchemy import create_engine, text\n"
        "from sqlalchemy.exc import OperationalError\n"
        "with create_engine('sqlite://').connect() as connection:\n"
        "    try: connection.execute(text('SELECT x FROM y'))\n"
        "    except OperationalError as e: assert 'no such table' in str(e)\n"
        "    else: raise AssertionError\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
