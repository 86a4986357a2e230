"""Stage 'shapes': sheets that are no list of projects in rows, brought into that form.

Each shape is one change of a plain grid into another: one project a card, projects as columns, measures as rows,
several tables side by side, sheets joined by number, the month in 旬. Every cell of the new grid knows where it stands
in the file (``Sheet.places``), so the later stages need not know of shapes and evidence still leads to the county's
own cell (``evidence``).
"""
