"""The page of settings: folders, how they are read, how the window looks, how hard the computer works, the library."""
