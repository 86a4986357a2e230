"""Where a ledger on a server is, without its password: what is shown, remembered and asked for."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError

PORT = 5432
"""PostgreSQL's own."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A database of a server and who comes to it. ``encrypted``: a way without TLS is refused."""

    host: str
    database: str
    user: str
    port: int = PORT
    encrypted: bool = True

    @property
    def shown(self) -> str:
        """张三@10.0.0.8／hydesk: for lists of one's own desk."""
        port = "" if self.port == PORT else f":{self.port}"
        return f"{self.user}@{self.host}{port}／{self.database}"

    @property
    def place(self) -> str:
        """The address as a URL without a password: what is remembered."""
        return self.location("")

    def location(self, password: str) -> str:
        """The address as a URL, which opens the ledger."""
        secret = f":{quote(password, safe='')}" if password else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORT else f":{self.port}"
        way = {"sslmode": "require" if self.encrypted else "prefer"}
        return f"postgresql://{quote(self.user, safe='')}{secret}@{host}{port}/{quote(self.database, safe='')}?{urlencode(way)}"


def is_address(location: str) -> bool:
    """Whether ``location`` is a server's rather than a file's."""
    return location.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def password_in(location: str) -> str:
    """The password that the address of a server brings with it; empty where it brings none."""
    try:
        found = urlsplit(location)
        return unquote(found.password or "") or dict(parse_qsl(found.query)).get("password", "")
    except ValueError:
        return ""


def read_address(location: str) -> ServerAddress | None:
    """The address in a URL, its password left out; None where it is none that a person could have been asked for."""
    if not is_address(location):
        return None
    try:
        found = urlsplit(location)
        port, host = found.port or PORT, found.hostname or ""
    except ValueError:
        return None
    way = dict(parse_qsl(found.query)).get("sslmode", "prefer")
    database = unquote(found.path.removeprefix("/"))
    if not host or not database or not found.username:
        return None
    return ServerAddress(host, database, unquote(found.username), port, way in ("require", "verify-ca", "verify-full"))


def typed_address(host: str, port: str, database: str, user: str, *, encrypted: bool) -> ServerAddress:
    """What somebody typed; an address pasted whole into ``host`` counts for all. Raises HydeskError."""
    if (pasted := read_address(host.strip())) is not None:
        return pasted
    place, _, own_port = host.strip().partition(":") if host.count(":") == 1 else (host.strip(), "", "")
    number = (own_port or port).strip() or str(PORT)
    if not place or any(c in "/@?# " or c.isspace() for c in place):
        raise HydeskError("服务器地址写不对，应是主机名或 IP，如 10.0.0.8")
    if not (number.isascii() and number.isdecimal() and 0 < int(number) < 65536):
        raise HydeskError("端口应是 1 到 65535 的数，通常是 5432")
    for what, words in (("数据库", database), ("用户名", user)):
        if not words.strip():
            raise HydeskError(f"请填写{what}；不知道请问管理员")
    return ServerAddress(place, database.strip(), user.strip(), int(number), encrypted)
