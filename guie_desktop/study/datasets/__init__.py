"""Readers of published data sets, one file each, by the names that they have on the command line."""
