"""Sorting photos into albums, and answering what is suggested for them."""
