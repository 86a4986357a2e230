"""Nodes of projects: listed, moved, taken in from tables."""
