"""Going through a classification in between gives the same answer, and regrouping loses nobody."""

from hypothesis import given
from hypothesis import strategies as st

from evenhand.ethnicity import SPECIAL_GROUPS, classification, classifications, crosswalk, split_categories

IDS = [each.id for each in classifications()]
TRIPLES = [
    (first, second, third)
    for first in IDS
    for second in IDS
    for third in IDS
    if not split_categories(first, second) and not split_categories(second, third)
]


@given(st.sampled_from(TRIPLES))
def test_a_way_through_another_classification_leads_to_the_same_group(way: tuple[str, str, str]):
    first, second, third = way
    direct, to_second, to_third = crosswalk(first, third), crosswalk(first, second), crosswalk(second, third)
    for category in classification(first).category_ids:
        assert direct.target(category) == to_third.target(to_second.target(category))


@given(st.sampled_from(TRIPLES), st.data())
def test_regrouping_loses_nobody_and_keeps_those_not_recorded_apart(way: tuple[str, str, str], data: st.DataObject):
    source, target, _ = way
    groups = st.sampled_from([*classification(source).category_ids, *SPECIAL_GROUPS])
    counts = data.draw(st.dictionaries(groups, st.integers(0, 10_000)))
    regrouped = crosswalk(source, target).regroup(counts)
    assert sum(regrouped.values()) == sum(counts.values())
    for special in SPECIAL_GROUPS & counts.keys():
        assert regrouped[special] == counts[special]
    assert set(regrouped) <= {*classification(target).category_ids, *SPECIAL_GROUPS}
