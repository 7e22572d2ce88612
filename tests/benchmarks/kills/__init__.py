"""A trial by fire: jobs that are killed at random moments."""
