"""帮助: the handbook's reader (F1), which page answers for which part of the window, and 关于."""
