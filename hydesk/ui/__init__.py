"""The window: its frame, the kit of parts, one folder a screen; it knows use cases, never the store."""
