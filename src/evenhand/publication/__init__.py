"""The door: counts in, protected and estimated figures out, as a sealed release. Nothing else may ask for counts.

``recipe`` says what goes in, ``making`` makes a release and checks a source, ``reading`` verifies one, ``audit``
reports on one. Each is imported by its name: who only needs the shape of a row does not load an engine and a solver.
"""
