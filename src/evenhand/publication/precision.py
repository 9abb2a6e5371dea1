"""To how many digits a release states its estimates, and when two computations of one figure agree.

Ten significant digits are far more than any interval of counts can use, and few enough that two machines whose
logarithms differ in the last bit write the same file.
"""

from collections.abc import Sequence
from math import isclose

from evenhand.publication.columns import Column, Row, Value

_DIGITS = 10

# Two figures of ten digits, each computed from figures of ten digits again, differ by less than this.
_RELATIVE_TOLERANCE = 1e-7


def significant(number: float) -> float:
    """The number to ten significant digits."""
    return float(f"{number:.{_DIGITS}g}")


def differing_column(columns: Sequence[Column], one: Row, other: Row) -> str | None:
    """The name of the first column in which two rows say different things; None when they agree.

    Everything is equal, and estimates are equal to seven significant digits.
    """
    named = zip(columns, one, other, strict=True)
    return next((column.name for column, left, right in named if not _agree(left, right)), None)


def _agree(one: Value, other: Value) -> bool:
    if type(one) is float and type(other) is float:
        return isclose(one, other, rel_tol=_RELATIVE_TOLERANCE)
    return one == other
