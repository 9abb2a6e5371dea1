"""Every statistical method under one name, run on a table: for the command line and for data frames alike."""

from evenhand.errors import InputRefused
from evenhand.stats.methods.all_groups import ALL_GROUPS
from evenhand.stats.methods.charts import CHARTS
from evenhand.stats.methods.gap_changes import GAP_CHANGES
from evenhand.stats.methods.gaps import GAPS
from evenhand.stats.methods.levels import LEVELS
from evenhand.stats.methods.many_groups import MANY_GROUPS
from evenhand.stats.methods.method import Method
from evenhand.stats.methods.two_groups import TWO_GROUPS

METHODS_BY_KIND = {
    "one level at a time": LEVELS,
    "two groups in each row": TWO_GROUPS,
    "groups against a stated reference": GAPS,
    "all groups in one number": ALL_GROUPS,
    "many groups at once": MANY_GROUPS,
    "series over time": CHARTS,
    "a gap over time": GAP_CHANGES,
}
METHODS = {method.name: method for methods in METHODS_BY_KIND.values() for method in methods}


def method(name: str) -> Method:
    """The method of that name; raises InputRefused, with those that are like it, when there is none."""
    if name in METHODS:
        return METHODS[name]
    like = [known for known in METHODS if any(part in known for part in name.split("-") if len(part) > 2)]
    raise InputRefused(f"method: found {name!r}; one of {', '.join(like or METHODS)} is right")


__all__ = ["METHODS", "METHODS_BY_KIND", "Method", "method"]
