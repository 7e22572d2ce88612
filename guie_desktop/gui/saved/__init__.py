"""Searches that the user saved: listed, asked anew, named, changed and removed."""
