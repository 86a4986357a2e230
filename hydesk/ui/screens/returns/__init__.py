"""收报: take in, review, apply and undo returns."""
