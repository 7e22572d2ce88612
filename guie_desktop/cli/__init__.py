"""The command line: the program without its window, for people and for scripts."""
