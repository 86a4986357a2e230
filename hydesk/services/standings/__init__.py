"""How each project stands at a period: figures read, lamps, plans, the year's curve."""
