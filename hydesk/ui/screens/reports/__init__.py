"""报告: see, print and save reports."""
