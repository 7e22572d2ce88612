"""A library that many read: one table of Lance at an address, which this program never writes to from the desktop."""
