"""All measures in one call: what is refused, and one setting with hand-computed values."""

from typing import Any

import pytest

from evenhand.errors import InputRefused
from evenhand.stats.inequality import Measure, inequality_summaries
from evenhand.stats.simulation import DrawScale

GIVEN = ([0.10, 0.20, 0.40], 0.01, [50, 30, 20])
NAMES = ["a", "b", "c"]


def test_measures_by_hand() -> None:
    """μ = 0.05 + 0.06 + 0.08 = 0.19; see the tests of each measure for the arithmetic."""
    ours = inequality_summaries(
        *GIVEN, groups=NAMES, reference="a", group="c", best="a", order=[1, 2, 3], scale=DrawScale.LOGIT
    )
    for measure, expected in (
        (Measure.BGV, 0.0129),
        (Measure.MDM, 0.09),
        (Measure.MDM_UNWEIGHTED, 0.31 / 3),
        (Measure.MDR, 0.09),
        (Measure.MDB_UNWEIGHTED, 0.4 / 3),
        (Measure.IDIS, 900 / 19),
        (Measure.D, 0.30),
        (Measure.R, 4.0),
        (Measure.PAR, -0.09),
        (Measure.PAF, -9 / 19),
    ):
        assert ours[measure].value[0] == pytest.approx(expected)
    assert {measure.name for measure in Measure} - {measure.name for measure in ours} == {"WAGSTAFF", "ERREYGERS"}
    assert ours[Measure.MDR].reference == ours[Measure.PAR].reference == "a"
    assert ours[Measure.BGV].value[0] > ours[Measure.BGV].null_upper[0]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reference": "a"}, "reference: found 'a' without groups"),
        ({"best": "a"}, "best: found 'a' without groups"),
        ({"groups": NAMES, "group": "b"}, "group: found 'b' without reference"),
        ({"bounds": (0, 1)}, "without order"),
        ({"groups": NAMES, "best": "x"}, "found 'x'"),
        ({"draws": -5}, "draws: found -5"),
    ],
)
def test_what_means_nothing_alone_is_refused(said: dict[str, Any], words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        inequality_summaries(*GIVEN, **said)
