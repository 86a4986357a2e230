"""What only project lists have: sections that say class, nature or unit, sums of a title, columns kept by name."""
