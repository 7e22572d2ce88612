"""`study`: a file for each verb, in the order in which they are needed."""

HELP = "train a general head on labelled data sets, and judge it (needs the extra cluster)"
VERBS: tuple[str, ...] = ("curate", "embed", "train", "evaluate", "table", "ablate")
