"""Papers: compiled from figures to a value (``compile``, ``body``, ``notices``), checked, and printed to PDF, Word and Excel."""
