"""Blank forms: drawn, filled, and judged without hydesk's own understanding."""
