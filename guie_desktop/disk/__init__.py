"""The disk as it is: what lies where, what changed, which volume it is; nothing here knows the library."""
