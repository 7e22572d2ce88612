"""Looking into photos: chosen for folders and albums, told what it takes, and forgotten."""
