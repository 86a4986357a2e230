"""Sections of the text that lean on an annex: the text says the sum and names the first, the annex holds all."""
