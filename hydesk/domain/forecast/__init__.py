"""年底预测: the range in which the year will end, by what the ledger's earlier years did from the same month on (docs/rules.md §10).

``year_end`` forecasts; ``rows`` says what of a project is looked at, ``learnt`` what earlier years teach, ``unlearnt`` what
is taken where there are none; ``reaching`` says what it takes to reach the plan. Floats here are shares and odds; money
goes in and comes out in whole yuan.
"""
