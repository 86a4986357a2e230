"""本期工作: what waits for the period in hand, its figures with the curve of the year, the ranking."""
