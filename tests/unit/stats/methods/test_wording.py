"""What a person types and reads of the methods."""

import importlib

import pytest

from evenhand.errors import InputRefused
from evenhand.stats.methods import METHODS, METHODS_BY_KIND, method
from evenhand.stats.methods.wording import WIDTH, description, listing, pairs, parted


def test_every_method_is_listed_once_with_one_line():
    lines = list(listing())
    named = [line.split()[0] for line in lines if line.startswith("  ")]
    assert named == list(METHODS)
    assert len(named) == sum(map(len, METHODS_BY_KIND.values()))
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize("found", METHODS.values(), ids=lambda found: found.name)
def test_a_description_names_every_column_and_option_and_fits_the_screen(found):
    lines = list(description(found))
    words = "\n".join(lines)
    assert lines[0] == f"{found.name}: {found.title}"
    assert all(f"\n  {role.name} " in words for role in found.takes)
    assert all(f"\n  {option.name} " in words for option in found.options)
    assert max(len(line) for line in lines[:-1]) <= WIDTH
    assert lines[-1].startswith(f"  evenhand stats {found.name} FILE.csv --columns ")
    assert importlib.import_module(found.module).__doc__
    assert f"pydoc {found.module}" in words


def test_a_description_reads_so():
    assert list(description(method("life-expectancy"))) == [
        "life-expectancy: years still to live at each age, by Chiang's abridged life table",
        "",
        "Columns:",
        "  stratum     the age band; labels; ages or age bands such as 0, 1-4, 90+",
        "  deaths      in the age band; counts, 0 or more",
        "  population  people in the age band; counts, 0 or more",
        "",
        "Options (--set NAME=VALUE):",
        "  confidence  of the intervals, as a share: a number; 0.95 when left out",
        "",
        "A row for each stratum; --by names the columns that say which rows belong together (area, year).",
        "Formulas, sources and where it fails: python -m pydoc evenhand.stats.life_expectancy",
        "",
        "  evenhand stats life-expectancy FILE.csv --columns stratum=COLUMN,deaths=COLUMN,population=COLUMN",
    ]


def test_an_option_that_has_to_be_given_stands_in_the_example():
    assert list(description(method("rate-gap")))[-1].endswith("--set reference=VALUE")


def test_how_rows_belong_together_is_said_of_each_kind():
    for name, words in (
        ("rate", "Each row stands for itself."),
        ("t", "Each row is an event;"),
        ("standardised-gap", "A row for each group and stratum;"),
        ("theil-decomposition", "A row for each group;"),
    ):
        assert any(line.startswith(words) for line in description(method(name)))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("rate-gapp", "method: found 'rate-gapp'; perhaps rate-gap"),
        ("Gini", "method: found 'Gini'; one of those that `evenhand stats` lists is right"),
    ],
)
def test_a_method_that_does_not_exist_is_refused_with_what_it_may_have_been(name, says):
    with pytest.raises(InputRefused) as refused:
        method(name)
    assert str(refused.value).startswith(says)


def test_lists_are_parted_at_commas_that_are_not_quoted():
    assert parted(["a, b", '"c, d",e'], "by") == ("a", "b", "c, d", "e")
    assert parted([], "by") == parted([""], "by") == ()
    with pytest.raises(InputRefused, match="by: found a quotation mark that is not closed"):
        parted(['"a'], "by")


def test_pairs_are_names_with_values():
    assert pairs(["a=b", " c = d=e "], "set", "NAME=VALUE") == {"a": "b", "c": "d=e"}


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (["a"], "set: found 'a'; NAME=VALUE is right"),
        (["=b"], "set: found '=b'; NAME=VALUE is right"),
        (["a="], "set: found 'a='; NAME=VALUE is right"),
        (["a=b", "a=c"], "set: found 'a' twice; once is right"),
    ],
)
def test_what_is_no_pair_is_refused(texts, says):
    with pytest.raises(InputRefused) as refused:
        pairs(texts, "set", "NAME=VALUE")
    assert str(refused.value) == says
