"""The kit of parts that screens are made of: tables, filters, panels, forms, notices, marks."""
