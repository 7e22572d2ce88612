"""The settings of a library, in the window."""
