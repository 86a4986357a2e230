"""项目台账: all projects as one table."""
