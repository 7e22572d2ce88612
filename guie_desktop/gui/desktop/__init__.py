"""The desktop around the program: its file manager, its file names, one window a library."""
