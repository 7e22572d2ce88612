"""What the readers of several data sets need: tables, lists and folders as they are published, and what is amiss."""
