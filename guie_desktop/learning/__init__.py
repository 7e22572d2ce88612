"""Training and testing heads."""
