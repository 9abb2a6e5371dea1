"""To how many digits a release states its estimates, and when two computations of one figure agree.

Ten significant digits are far more than any interval of counts can use, and few enough that two machines whose
logarithms differ in the last bit write the same file.
"""

from math import isclose

from evenhand.publication.columns import Row, Value

_DIGITS = 10

# Two figures of ten digits, each computed from figures of ten digits again, differ by less than this.
_RELATIVE_TOLERANCE = 1e-7


def significant(number: float) -> float:
    """The number to ten significant digits."""
    return float(f"{number:.{_DIGITS}g}")


def rows_agree(one: Row, other: Row) -> bool:
    """Whether two rows say the same: everything equal, estimates to seven significant digits."""
    return len(one) == len(other) and all(map(_agree, one, other))


def _agree(one: Value, other: Value) -> bool:
    if type(one) is float and type(other) is float:
        return isclose(one, other, rel_tol=_RELATIVE_TOLERANCE)
    return one == other
