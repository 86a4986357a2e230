"""Use cases, by subject: what the window and the commands ask of the ledger. Rooms import from those below them only."""
