"""Ten digits are written, seven are compared."""

from math import inf

import pytest

from evenhand.publication.columns import Column
from evenhand.publication.precision import differing_column, significant

COLUMNS = (Column("label", "string", "L."), Column("value", "number", "V.", required=False))


@pytest.mark.parametrize(
    ("number", "written"),
    [(134.29668824366, 134.2966882), (0.1 + 0.2, 0.3), (0.0, 0.0), (inf, inf), (12345678901.5, 12345678900.0)],
)
def test_a_number_is_written_to_ten_digits(number, written):
    assert significant(number) == written


@pytest.mark.parametrize(
    ("one", "other", "column"),
    [
        (("a", 2.12), ("a", 2.12), None),
        (("a", 2.120000001), ("a", 2.12), None),
        (("a", 2.121), ("a", 2.12), "value"),
        (("a", inf), ("a", inf), None),
        (("a", inf), ("a", 1.0), "value"),
        (("a", None), ("a", None), None),
        (("a", None), ("a", 0.0), "value"),
        (("b", 2.12), ("a", 2.12), "label"),
    ],
)
def test_rows_agree_when_every_column_does(one, other, column):
    assert differing_column(COLUMNS, one, other) == column
