"""Passwords of servers in the system's own keeping (Windows: the credential manager); where it has none, they are asked for."""

from __future__ import annotations

import logging

from hydesk.domain.server_address import ServerAddress, password_in, read_address

SERVICE = "hydesk"
log = logging.getLogger(__name__)


def can_keep() -> bool:
    """Whether the system keeps passwords for programs."""
    try:
        import keyring

        return bool(keyring.get_keyring().priority > 0)
    except Exception as error:  # a keeping that is broken is none, whatever it breaks with
        log.info("no keeping of passwords: %s", type(error).__name__)
        return False


def kept_password(address: ServerAddress) -> str:
    """The password kept for ``address``; empty where there is none."""
    try:
        import keyring

        return keyring.get_password(SERVICE, address.place) or ""
    except Exception as error:
        log.info("no kept password: %s", type(error).__name__)
        return ""


def keep_password(address: ServerAddress, password: str) -> bool:
    """Let the system keep ``password`` (empty: keep none any more); whether it does."""
    try:
        import keyring

        if password:
            keyring.set_password(SERVICE, address.place, password)
        elif keyring.get_password(SERVICE, address.place) is not None:
            keyring.delete_password(SERVICE, address.place)
        return True
    except Exception as error:
        log.info("a password was not kept: %s", type(error).__name__)
        return False


def with_kept_password(location: str) -> str:
    """``location`` with the password that is kept for it; as it is where it brings one, or none is kept."""
    address = None if password_in(location) else read_address(location)
    if address is None:
        return location
    password = kept_password(address)
    return address.location(password) if password else location
