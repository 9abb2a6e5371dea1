"""Every statistical method under one name, run on a table: for the command line and for data frames alike."""

from evenhand.errors import InputRefused
from evenhand.stats.methods.compared_groups import COMPARED_GROUPS
from evenhand.stats.methods.levels import LEVELS
from evenhand.stats.methods.method import Layout, Method
from evenhand.stats.methods.over_time import OVER_TIME

METHODS = (*LEVELS, *COMPARED_GROUPS, *OVER_TIME)


def method(name: str) -> Method:
    """The method of that name; raises InputRefused, with the names there are, when there is none."""
    for found in METHODS:
        if found.name == name:
            return found
    raise InputRefused(f"method: found {name!r}; one of {', '.join(each.name for each in METHODS)} is right")


__all__ = ["METHODS", "Layout", "Method", "method"]
