"""The photos on disk, and what the program knows of them."""
