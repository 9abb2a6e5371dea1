"""For every rule, classification and area: nobody is counted in two groups, and groups add up to what the rule says."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from evenhand.datasets.counts import CellStatus, Count
from evenhand.datasets.denominators import denominator_rules
from evenhand.datasets.population import areas, population, total
from evenhand.ethnicity import classification

GROUPINGS = [(rule, rule.grouping(name)) for rule in denominator_rules() for name in rule.classifications()]
RESIDENT = [area for area in areas().values() if area.resident]
PLACES = [
    area
    for area in RESIDENT
    if population(area.code, "total", "all_known", rule="census_2021").status is CellStatus.PUBLISHED
]
NOT_IN_THE_CENSUS = [area for area in RESIDENT if area not in PLACES]


def every_grouping_in(places: list) -> st.SearchStrategy[tuple]:
    return st.sampled_from(
        [
            (rule, grouping, area.code)
            for rule, grouping in GROUPINGS
            for area in places
            if area.level not in rule.otherwise
        ]
    )


groupings_in_places = every_grouping_in(PLACES)


@given(st.sampled_from(GROUPINGS))
def test_each_census_group_is_in_one_group_or_left_out(chosen: tuple) -> None:
    rule, grouping = chosen
    named = Counter(grouping.census_groups())
    assert set(named) == set(classification(rule.people_by).category_ids)
    assert set(named.values()) == {1}


@given(groupings_in_places)
def test_groups_and_those_left_out_add_up_to_everybody_in_the_census(chosen: tuple) -> None:
    rule, grouping, area = chosen
    groups = [population(area, grouping.classification, group, rule=rule) for group in grouping.groups]
    left_out = [population(area, rule.people_by, group, rule="census_2021") for group in grouping.left_out]
    everybody = population(area, "total", "all_known", rule="census_2021").value
    together = total([*groups, *left_out])
    if together.status is CellStatus.PUBLISHED:
        apart = 40 if rule.table == "census_2021_by_age" else 0  # each census table is perturbed by itself
        assert abs(together.value - everybody) <= apart
    else:
        assert rule.table == "census_2021_by_age"
        assert area != "K04000001"


@given(every_grouping_in(NOT_IN_THE_CENSUS))
def test_where_only_everybody_was_counted_no_group_has_a_number_and_none_is_nought(chosen: tuple) -> None:
    rule, grouping, area = chosen
    statuses = {population(area, grouping.classification, group, rule=rule).status for group in grouping.groups}
    assert statuses == {CellStatus.UNKNOWN}


@given(groupings_in_places)
def test_women_and_men_are_everybody_but_for_rounding(chosen: tuple) -> None:
    rule, grouping, area = chosen
    for group in grouping.groups:
        women, men = (
            population(area, grouping.classification, group, rule=rule, sex=sex) for sex in ("female", "male")
        )
        both = population(area, grouping.classification, group, rule=rule)
        if women.status is men.status is both.status is CellStatus.PUBLISHED:
            # The table of both sexes adds up districts, and each published table is perturbed by itself.
            apart = 30 * len(grouping.groups[group])
            assert women.smallest + men.smallest - apart <= both.value <= women.largest + men.largest + apart


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([1, 5, 10])), min_size=1, max_size=30))
def test_a_sum_of_rounded_counts_encloses_the_sum_of_the_true_ones(parts: list[tuple[int, int]]) -> None:
    counts = [Count(value, rounded_to=base) for value, base in parts]
    together = total(counts)
    assert together.largest == sum(count.largest for count in counts)
    assert together.value - (together.largest - together.value) <= sum(count.smallest for count in counts)
