"""Sentences for the user that the window and the command line share; nothing below these two knows them."""
