"""Which photos are one picture, and which are one burst: from stored features and small pictures alone."""
