import pytest
from tests.apps.accountability.figures_example import (
    DETENTIONS,
    breakdown_of,
    detention_figures,
    figure,
    rounded,
)

from evenhand.apps.accountability.presenters import marks
from evenhand.apps.accountability.presenters.groups import label, people
from evenhand.charts.marks import MarkKind
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count


def row(group: str, count: Count, people_: Count, **changes):
    figures = [each for each in detention_figures() if each.group != group]
    found = breakdown_of([*figures, figure(group, count, people_, **changes)])
    return next(each for each in found.groups + found.unrecorded if each.group == group)


def test_people_are_named_in_sentences_as_people():
    found = {each.group: people(each) for each in breakdown_of(detention_figures()).groups}
    assert found["black"] == "Black people"
    assert found["mixed"] == "people of Mixed ethnicity"
    assert found["other"] == "people of other ethnic groups"


def test_a_group_is_named_as_the_source_names_it_where_no_plain_name_fits():
    traveller = breakdown_of([figure("D", rounded(10), Count(900), classification="nhs_2001")]).groups[0]
    assert people(traveller) == "people in the group “White and Black Caribbean”"
    assert label(traveller) == "White and Black Caribbean"
    british = breakdown_of([figure("A", rounded(10), Count(900), classification="nhs_2001")]).groups[0]
    assert people(british) == "White British people"
    chinese = breakdown_of([figure("other", rounded(10), Count(900), classification="home_office_5")]).groups[0]
    assert people(chinese) == "Chinese people and people of other ethnic groups"


def test_each_kind_of_figure_has_its_own_mark():
    kinds = {each.group: marks.kind_of(each) for each in breakdown_of(detention_figures()).rows}
    assert kinds == {
        "white": MarkKind.COMPARATOR,
        "mixed": MarkKind.CANNOT_TELL,
        "asian": MarkKind.CANNOT_TELL,
        "black": MarkKind.CLAIM,
        "other": MarkKind.CANNOT_TELL,
        "unknown": MarkKind.NOT_RECORDED,
    }


@pytest.mark.parametrize(
    ("count", "people_", "kind", "value", "on_the_drawing"),
    [
        (SUPPRESSED, Count(9), MarkKind.HIDDEN, "hidden", "hidden to protect people in small groups"),
        (UNKNOWN, Count(9), MarkKind.NOT_RECORDED, "not recorded", "not recorded: the source shows no figure"),
        (Count(7), NOT_APPLICABLE, MarkKind.DOES_NOT_APPLY, "does not apply", "does not apply"),
        (Count(0), Count(900), MarkKind.NONE, "none", ""),
    ],
)
def test_four_ways_of_having_no_number_are_four_marks_and_four_words(count, people_, kind, value, on_the_drawing):
    found = row("mixed", count, people_)
    assert marks.kind_of(found) is kind
    assert marks.value_words(found)[0] == value
    assert marks.on_the_drawing(found) == on_the_drawing
    assert marks.value_mark(found).kind is kind


def test_the_words_for_no_number_are_all_different():
    assert len({word for word, _meaning in marks.four_words().values()}) == 4


def test_a_group_that_is_compared_with_nothing_says_so():
    alone = breakdown_of([figure("black", rounded(50), Count(37_231))]).groups[0]
    assert marks.kind_of(alone) is MarkKind.PLAIN
    assert marks.key_words(None)[MarkKind.PLAIN] == "Not compared with another group"


def test_a_claim_of_none_at_all_stays_a_claim():
    figures = [figure("white", Count(515), Count(812_992)), figure("black", Count(0), Count(200_000))]
    claimed = breakdown_of(figures).claims[0]
    assert marks.kind_of(claimed) is MarkKind.CLAIM
    assert marks.value_words(claimed)[0] == "none"


def test_people_without_a_recorded_group_are_counted_and_given_no_rate():
    unknown = breakdown_of(detention_figures()).unrecorded[0]
    assert marks.value_words(unknown) == ("95", "")
    assert "nobody wrote down which" in marks.on_the_drawing(unknown)


def test_whoever_chose_not_to_say_is_not_said_to_have_been_forgotten():
    not_stated = row("not_stated", rounded(40), NOT_APPLICABLE)
    assert "chose not to say" in marks.on_the_drawing(not_stated)


def test_a_hidden_number_of_unrecorded_is_hidden():
    found = row("unknown", SUPPRESSED, NOT_APPLICABLE)
    assert marks.kind_of(found) is MarkKind.HIDDEN
    assert marks.value_words(found) == ("hidden", "")
    missing = row("unknown", UNKNOWN, NOT_APPLICABLE)
    assert marks.value_words(missing) == ("not recorded", "")


def test_the_key_names_the_group_compared_with():
    words = marks.key_words(breakdown_of(detention_figures()).comparator)
    assert words[MarkKind.COMPARATOR] == "White people: the group compared with"
    assert "White people" in words[MarkKind.CLAIM]
    assert set(words) == set(MarkKind)


def test_the_published_figures_are_the_ones_tested():
    assert sum(count for count, _people in DETENTIONS.values()) == 760  # of 855, 95 unrecorded
