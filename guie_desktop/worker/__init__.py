"""The process that owns model, index and jobs, and is the only writer of the catalog."""
