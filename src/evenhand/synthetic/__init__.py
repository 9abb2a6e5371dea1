"""Invented data, the same every time: a trust that does not exist, for demonstration, tests and tutorials."""
