"""From the bytes of a file to an upright picture in sRGB, or to a sentence why not; nothing here knows the library."""
