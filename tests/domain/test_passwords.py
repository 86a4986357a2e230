"""A package's password is hard to guess or refused, and one that is proposed can be told over the telephone."""

from __future__ import annotations

import re

import pytest

from hydesk.domain.passwords import ENOUGH, bits, propose, weakness


def test_a_proposed_password_is_strong_and_can_be_dictated() -> None:
    made = {propose() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", p) for p in made)
    assert min(map(bits, made)) >= ENOUGH
    assert all(weakness(p) == "" for p in made)


@pytest.mark.parametrize("password", [
    "", "123456", "12345678901234567890", "aaaaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabcabc", "password2023", "Hengyang2023!", "hydesk-20230630",
    "qwertyuiop123", "13907340019", "衡阳重点项目", "衡阳市发改委2023", "P@ssw0rd", "abcdefghijklmnopqrstuvwxyz", "2023-06-30", "zdxm@2023zdxm"])
def test_what_somebody_would_guess_is_refused(password: str) -> None:
    assert "容易猜" in weakness(password)


@pytest.mark.parametrize("password", ["correct-horse-battery-staple", "Xk7#mQ2$vL9p!w", "山风过竹听雨眠石", "tvq83nfw0zk5bxh"])
def test_a_good_password_of_ones_own_will_do(password: str) -> None:
    assert weakness(password) == ""
