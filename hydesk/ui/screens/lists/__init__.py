"""项目清单管理: dated acts on the list, packages, 年度结转, and the ledger as it stood."""
