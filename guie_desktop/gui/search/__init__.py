"""Looking for photos: from what comes in to what was found."""
