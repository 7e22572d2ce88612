"""Many machines: our own decoding and embedding on Ray Data, written to one table of Lance."""
