"""Understanding a return, stage by stage, on plain grids and a snapshot of the ledger.

The order of the stages, each in its own module, is the order of ``pipeline.understand``:

    sheets → head → columns (and units of money) → rows → values → matching → checks → differences
"""
