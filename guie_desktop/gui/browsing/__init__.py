"""Looking through folders and albums."""
