"""Invented data, the same every time: a trust that does not exist, for the demonstration, the tests and the tutorials."""
