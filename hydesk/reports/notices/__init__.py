"""What notices say: sentences written from patterns, in which every number is a measure over a scope.

``grammar`` reads a pattern, ``vocabulary`` knows the words for measures, ``chosen`` holds the projects of a scope, ``compose``
makes sentences of figures from them; ``catalogue`` holds the patterns that the program ships. The office's own patterns are
read by the same grammar (docs/rules.md §17).
"""
