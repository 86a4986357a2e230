"""What a view asks once, and what is asked anew."""

from __future__ import annotations

from hydesk.db.asked_once import asked_once
from hydesk.db.ledger import Ledger
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.rules.settings import get_setting, office_settings, set_setting, setting_text


def test_a_view_asks_once_the_next_one_and_whoever_writes_anew(any_ledger: Ledger) -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    with any_ledger.read() as connection:
        assert [asked_once(connection, "a", ask), asked_once(connection, "a", ask), asked_once(connection, "b", ask)] == [1, 1, 2]
        with any_ledger.read() as inner:
            assert asked_once(inner, "a", ask) == 1
    with any_ledger.read() as connection:
        assert asked_once(connection, "a", ask) == 3
    with any_ledger.write() as connection:
        assert [asked_once(connection, "a", ask), asked_once(connection, "a", ask)] == [4, 5]


def test_what_is_written_within_a_view_is_read_after_it(any_ledger: Ledger) -> None:
    with any_ledger.read():
        assert get_setting(any_ledger, "office_name") is None
        set_setting(any_ledger, "office_name", "甲")
        assert get_setting(any_ledger, "office_name") == "甲"
        undo_last(any_ledger)
        assert get_setting(any_ledger, "office_name") is None


def test_what_is_a_clerks_is_not_read_with_what_the_office_set(any_ledger: Ledger) -> None:
    set_setting(any_ledger, "doubt_answer/1/leap", {"said": "对"})
    set_setting(any_ledger, "office_name", "甲")
    with any_ledger.read() as connection:
        assert set(office_settings(connection)) == {"office_name"}
        assert setting_text(connection, "doubt_answer/1/leap") == '{"said": "对"}'
