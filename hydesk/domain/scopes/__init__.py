"""Scopes: which projects a figure is over (docs/rules.md §11). One type, one grammar, one evaluator."""
