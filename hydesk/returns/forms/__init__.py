"""Blank forms: what a stranger's empty table asks for, and what the ledger has for it (docs/rules.md §16)."""
