"""The ledger as a file: made, opened, locked, backed up, checked, rescued, looked at as of a day, rolled over."""
