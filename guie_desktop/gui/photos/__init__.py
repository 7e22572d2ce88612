"""Photos as tiles and lists, and what can be done with the chosen ones."""
