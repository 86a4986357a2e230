"""Telephone numbers are made unreadable wherever they stand; amounts, codes and dates are left."""

from __future__ import annotations

import pytest

from hydesk.domain.telephones import without_numbers


@pytest.mark.parametrize("words", [
    "13907340019", "联系人张三13907340019", "139 0734 0019", "139-0734-0019", "+86 13907340019", "0734-8866123", "（0734）8866123",
    "１３９０７３４００１９", "07348866123", "电话:13907340019。", "Tel.13907340019", "139.0734.0019", "139–0734–0019",
    "139·0734·0019", "139  0734  0019", "13907340019.0", "13907340019,13907340019", "甲13907340019乙"])
def test_numbers_are_hidden(words: str) -> None:
    said = without_numbers(words)
    assert "****" in said
    assert "0734001" not in said.translate({ord(c): None for c in " -–·."})
    assert "886612" not in said


@pytest.mark.parametrize("words", ["1,390.73", "HY2023-001", "2023-06-30", "430400202306301234567", "139073400190", "0.13907340019", "139.07340019 亿元", "2139.0734.0019", "应为 50000 万元", "", "3514.6"])
def test_what_is_no_number_stays(words: str) -> None:
    assert without_numbers(words) == words
