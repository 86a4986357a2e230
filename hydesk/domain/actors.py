"""Who does something in the ledger."""

from __future__ import annotations

from hydesk.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the system's account, the machine, and the name chosen at this desk, under which the act is shown.

    ``account`` and ``machine`` are empty where they are not known: for acts of earlier versions, and for those written
    in another's name. Such an act is one's own where its name is one's name or account.
    """

    name: str
    account: str = ""
    machine: str = ""

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, who: Actor | str) -> Actor:
        """``who``, or the actor known by that name alone."""
        return who if isinstance(who, Actor) else cls(who)

    def owns(self, other: Actor) -> bool:
        """Whether what ``other`` did is this one's own: the same account on the same machine, else the same name."""
        if other.account:
            return (self.account, self.machine) == (other.account, other.machine)
        return other.name in self.names

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which an act without an account is this one's own."""
        return (self.name, self.account) if self.account and self.account != self.name else (self.name,)
