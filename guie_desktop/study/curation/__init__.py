"""From data sets to a manifest: which photos are studied, and which classes are held out to be tested on."""
