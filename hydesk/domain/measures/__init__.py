"""Measures: every figure the office names, defined once (docs/rules.md).

``named`` says what each measure is, ``measured`` is a figure with its meaning, ``reach`` who has reported and as of when,
``yardstick`` how projects are judged; the other modules reckon: ``totals``, ``ranking``, ``rates``, ``starts``, ``gains``,
``need``. Standard library only; "today" is always an argument.
"""
