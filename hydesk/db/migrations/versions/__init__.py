"""One module a version; never edited once released."""
