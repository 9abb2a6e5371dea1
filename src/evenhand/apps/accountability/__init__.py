"""The public account: pages made from releases."""
