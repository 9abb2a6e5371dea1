"""Denominator rules: which people of the census stand under which ethnic group of a rate.

A rate by ethnic group divides events counted in one classification by people counted in another. Which census groups
enter which denominator changes the rate (73.6 or 79.9 detentions of Asian people per 100,000), so it is written down,
one YAML file for each rule, and never decided in passing.
"""

from evenhand.datasets.denominators.rules import DenominatorRule, Grouping, denominator_rule, denominator_rules

__all__ = ["DenominatorRule", "Grouping", "denominator_rule", "denominator_rules"]
