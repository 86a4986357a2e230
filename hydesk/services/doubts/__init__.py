"""请核实的数 and 年底预测: both look at whole years of projects, read here as they were known at a period."""
