"""A tour through the real program on a virtual screen, with real mouse and keyboard events, and pictures of each stop.

    python -m tests.tour OUT [--size 1280x800] [--scale 2] [--dark] [--photos FOLDER] [--only WORDS]
    python -m tests.tour docs/pictures --pages [--only NAME]

It needs Xvfb, openbox, xdotool and ImageMagick. OUT gets the pictures and an index.html that shows them with what was
done; a stop that does not come out as it should ends the tour with an error.
"""
