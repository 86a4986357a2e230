"""Who did what: the actor, the list of acts, undo and redo, what was kept of files taken in, the log's seal."""
