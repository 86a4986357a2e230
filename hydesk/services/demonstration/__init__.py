"""A ledger of made-up figures for trying the program."""
