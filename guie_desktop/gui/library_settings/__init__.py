"""How the folders of the library are read."""
