"""One file per backbone family; each offers what embedding/backbone.py asks for."""
