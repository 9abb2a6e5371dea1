"""The demonstration: a whole site with real published figures, built once and reused while the software is the same.

It has a folder and a database of its own, is never made in production, and its sign-ins open nothing there.
"""
