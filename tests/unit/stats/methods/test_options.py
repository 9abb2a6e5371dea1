"""The choices of a method, as text from a command or as values from a program."""

import pytest

from evenhand.errors import InputRefused
from evenhand.stats.chart_rules import Direction
from evenhand.stats.methods import options
from evenhand.stats.standardisation import StandardisedMethod

PER = options.number("per", "the size of population", 1000)
POINTS = options.whole("points", "how many points")
EXACT = options.switch("exact", "exact limits")
NAME = options.text("reference", "what is compared with", required=True)
GHOSTED = options.names("ghosted", "periods")
DIRECTION = options.one_of("direction", "which way is good", Direction.NEITHER)
INTERVAL = options.one_of("interval", "whose interval", StandardisedMethod.TIWARI)


@pytest.mark.parametrize(
    ("option", "given", "value"),
    [
        (PER, "1e3", 1000),
        (PER, 0.5, 0.5),
        (POINTS, "15", 15),
        (POINTS, 15.0, 15),
        (EXACT, "Yes", True),
        (EXACT, 1, True),
        (EXACT, False, False),
        (EXACT, " no ", False),
        (NAME, "White British", "White British"),
        (GHOSTED, "2024-01, 2024-02", ("2024-01", "2024-02")),
        (GHOSTED, [1, 2], ("1", "2")),
        (DIRECTION, "Up", Direction.UP),
        (DIRECTION, Direction.DOWN, Direction.DOWN),
        (INTERVAL, "dobson", StandardisedMethod.DOBSON),
    ],
)
def test_what_is_right_is_read(option, given, value):
    assert option.value(given) == value


@pytest.mark.parametrize(
    ("option", "given", "says"),
    [
        (PER, "many", "per: found 'many'; a number is right"),
        (PER, "inf", "per: found 'inf'; a number is right"),
        (PER, None, "per: found None; a number is right"),
        (POINTS, "1.5", "points: found '1.5'; a whole number is right"),
        (EXACT, "perhaps", "exact: found 'perhaps'; yes or no is right"),
        (DIRECTION, "sideways", "direction: found 'sideways'; up, down or neither is right"),
        (GHOSTED, 5, "ghosted: found 5; one or more, with commas between is right"),
    ],
)
def test_what_is_not_right_is_refused_with_what_would_be(option, given, says):
    with pytest.raises(InputRefused) as refused:
        option.value(given)
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (PER, "the size of population: a number; 1000 when left out"),
        (POINTS, "how many points: a whole number"),
        (EXACT, "exact limits: yes or no; no when left out"),
        (NAME, "what is compared with: text; it has to be given"),
        (options.text("unit", "of the values", ""), "of the values: text"),
        (GHOSTED, "periods: one or more, with commas between"),
        (DIRECTION, "which way is good: up, down or neither; neither when left out"),
    ],
)
def test_each_says_what_it_is_and_what_it_is_when_left_out(option, words):
    assert option.words == words
