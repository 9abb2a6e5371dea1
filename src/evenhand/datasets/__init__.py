"""The shape of each source and how to read it."""
