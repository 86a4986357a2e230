"""Problems and promises to solve them: listed, stepped, followed through returns."""
