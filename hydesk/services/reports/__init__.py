"""Weekly and monthly papers: compiled, printed, issued and read again from the archive."""
