"""Evenhand: see racial inequality in public services, agree what to do, and account for whether it changed."""
