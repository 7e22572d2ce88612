"""Copying photos to a folder, moving and renaming their files: asked for in dialogs, done by the worker."""
