"""Registers of the office's own: definitions, records, exchange with Excel."""
