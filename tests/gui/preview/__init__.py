"""Looking at one photo, and at several beside each other."""
