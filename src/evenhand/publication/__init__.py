"""The door: counts in, protected and estimated figures out, as a sealed release. Nothing else may ask for counts."""
