"""Every statistical method under one name, run on a table: for the command line and for data frames alike."""

from difflib import get_close_matches

from evenhand.errors import InputRefused
from evenhand.stats.methods.all_groups import ALL_GROUPS
from evenhand.stats.methods.charts import CHARTS
from evenhand.stats.methods.gap_changes import GAP_CHANGES
from evenhand.stats.methods.gaps import GAPS
from evenhand.stats.methods.levels import LEVELS
from evenhand.stats.methods.many_groups import MANY_GROUPS
from evenhand.stats.methods.method import Method
from evenhand.stats.methods.rounded import ROUNDED
from evenhand.stats.methods.two_groups import TWO_GROUPS

METHODS_BY_KIND = {
    "one level at a time": LEVELS,
    "two groups in each row": TWO_GROUPS,
    "groups against a stated reference": GAPS,
    "counts that are not known exactly": ROUNDED,
    "all groups in one number": ALL_GROUPS,
    "many groups at once": MANY_GROUPS,
    "series over time": CHARTS,
    "a gap over time": GAP_CHANGES,
}
METHODS = {method.name: method for methods in METHODS_BY_KIND.values() for method in methods}


def method(name: str) -> Method:
    """The method of that name; raises InputRefused, with those that are spelt like it, when there is none."""
    if name in METHODS:
        return METHODS[name]
    like = get_close_matches(name, METHODS)
    right = f"perhaps {' or '.join(like)}" if like else "one of those that `evenhand stats` lists is right"
    raise InputRefused(f"method: found {name!r}; {right}")


__all__ = ["METHODS", "METHODS_BY_KIND", "Method", "method"]
