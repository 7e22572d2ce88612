"""Pages that are made of the program and its repository, so that nothing is said twice and nothing grows old."""
