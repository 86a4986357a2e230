"""节点: all projects on one time line, what is due and overdue, slips, and node tables in and out."""
