"""`shared`: a file for each verb, first those of who keeps a shared library, then those of who reads it."""

HELP = "keep a library that many read by its address, and read one (needs the extra cluster)"
VERBS: tuple[str, ...] = ("index", "status", "search")
