"""Made-up cities: honest years by two unlike processes, cookings put into them, innocent look-alikes beside them."""
