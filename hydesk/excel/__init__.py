"""Files: xlsx, xls, ods, csv, html and Word read into grids of cells by a process of their own, and written."""
