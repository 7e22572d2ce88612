"""Making and judging heads."""
