"""Pages that people write."""
