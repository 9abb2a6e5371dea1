"""Statistical methods: one file per method, pure functions on numbers and NumPy arrays, formula and source in each."""
