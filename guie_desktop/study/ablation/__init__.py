"""The ablations of the study as presets: what changes where one thing is changed, on the same held-out classes."""
