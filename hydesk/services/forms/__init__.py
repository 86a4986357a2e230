"""Forms of other offices, filled from the ledger."""
