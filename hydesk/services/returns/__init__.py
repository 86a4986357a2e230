"""Returns and lists taken in from files: read, kept, reviewed, applied, sent back, chased."""
