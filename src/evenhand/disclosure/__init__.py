"""Publishing counts of people without giving away who is in the small groups.

A **rule** says which counts are too small to print. :func:`protect` hides those, and as many others as it takes so that
nobody can work the small ones out from the totals. :func:`attack` then tries to do exactly that, from the printed
figures alone. What does not withstand the attack is not released.

The package works on tables of counts; it knows no indicator, no source and no ethnic group.
"""

from evenhand.disclosure.attack import Attack, attack
from evenhand.disclosure.attacker import Attacker, CountRange
from evenhand.disclosure.hierarchies import Hierarchy, cell_name, hierarchical_table
from evenhand.disclosure.protection import ProtectedTable, protect
from evenhand.disclosure.rules import Rule, load_rule
from evenhand.disclosure.secondary import NotSafe
from evenhand.disclosure.tables import Sum, Table

__all__ = [
    "Attack",
    "Attacker",
    "CountRange",
    "Hierarchy",
    "NotSafe",
    "ProtectedTable",
    "Rule",
    "Sum",
    "Table",
    "attack",
    "cell_name",
    "hierarchical_table",
    "load_rule",
    "protect",
]
