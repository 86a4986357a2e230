"""The main window: navigation, top line, search and quiet messages."""
