"""What the log and the crash report say of an error holds nothing of the office."""

from __future__ import annotations

from hydesk.domain.plain_trace import plain_trace


def test_the_words_of_an_error_stay_out() -> None:
    def fail() -> None:
        try:
            raise KeyError("衡南县光电产业园 13800000000")
        except KeyError as e:
            raise ValueError("计划投资 123456") from e

    told = ""
    try:
        fail()
    except ValueError as e:
        told = plain_trace(e)
    assert "builtins.KeyError" in told
    assert told.endswith("builtins.ValueError")
    assert "fail" in told
    assert not any(private in told for private in ("衡南", "138", "123456", "/home"))
