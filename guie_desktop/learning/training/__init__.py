"""From a training set to a projection."""
