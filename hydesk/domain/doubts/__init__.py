"""请核实的数: figures that look unlike work done, found by looking across projects, units, months and years (docs/rules.md §9).

``find`` asks every kind and puts the strongest first; each kind is a pure function in a file of its own; ``setting``
holds what they share. Nothing here accuses: a doubt is a question with its evidence.
"""
