"""Testing a head on photos that it was not trained on, and what follows from it."""
