"""The first steps of a new user: where photos come from, and what can be done with them."""
