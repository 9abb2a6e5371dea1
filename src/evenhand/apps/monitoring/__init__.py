"""Releases that were loaded, and what they say."""
