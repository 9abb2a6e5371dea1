"""The bodies and places that figures are about."""
