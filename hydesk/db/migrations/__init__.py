"""How a ledger of an earlier version comes up to date."""
