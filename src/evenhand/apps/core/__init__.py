"""What every part stands on: the record of who did what."""
