"""What one page of the window or one command shows, drawn together from the rooms below."""
