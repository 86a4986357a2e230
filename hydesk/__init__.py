"""hydesk: the ledger of Hengyang's key construction projects, its returns and its reports."""

__version__ = "0.2.0"
