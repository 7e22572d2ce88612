"""The words of the classes that a backbone's own classifier knows: where they come from, and that they are right."""
