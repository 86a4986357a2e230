"""Passwords at the prompt: typed unseen, or taken from the environment by who writes scripts."""

from __future__ import annotations

import os

import click

from hydesk.cli.terminal import say

PASSWORD_VARIABLE = "HYDESK_PASSWORD"


def ask_password(*, new: bool) -> str:
    """The password; a new one is proposed, and asked for twice."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    if new:
        from hydesk.domain.passwords import propose

        say(f"可以用这个密码（请另外记好）：{propose()}")
    return str(click.prompt("密码", hide_input=True, confirmation_prompt="再输一遍" if new else False))
