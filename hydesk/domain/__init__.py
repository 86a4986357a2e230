"""Rules and values of the key-projects office. Standard library only; imports nothing else of hydesk."""
