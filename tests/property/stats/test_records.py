"""Records counted in arrays come to what they come to one at a time, and none of them is lost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.property.examples import examples
from tests.property.stats.plain_records import Record, plain_counts

from evenhand.stats.proportions import proportion
from evenhand.stats.records import UNKNOWN_GROUP, GroupProportions, group_proportions

LABELS = ("10", "2", "Black", "White British")
RECORDS = st.lists(st.tuples(st.sampled_from([*LABELS, None]), st.sampled_from([True, False, None])), max_size=60)


def _check(found: GroupProportions, records: list[Record], labels: tuple[str, ...]) -> None:
    counts = plain_counts(records)
    assert found.labels == labels
    for estimate, unknown, label in zip(
        [*found.estimates, *found.without_group],
        [*found.unknown_outcome.tolist(), found.without_both],
        [*labels, None],
        strict=True,
    ):
        yes, no, not_known = counts.get(label, (0, 0, 0))
        plain = proportion(yes, yes + no)
        assert (estimate.numerator, estimate.denominator, unknown) == (yes, yes + no, not_known)
        assert estimate.status == plain.status
        np.testing.assert_allclose(
            [estimate.value, estimate.interval.lower, estimate.interval.upper],
            [plain.value, plain.interval.lower, plain.interval.upper],
            rtol=1e-9,
        )
    assert found.records == len(records)


@examples(200)
@given(records=RECORDS)
def test_records_with_labels_are_counted_as_one_at_a_time(records: list[Record]) -> None:
    groups, happened = [group for group, _ in records], [outcome for _, outcome in records]
    _check(group_proportions(groups, happened), records, tuple(sorted({group for group in groups if group})))


@examples(200)
@given(records=RECORDS, dtype=st.sampled_from([np.int8, np.int64]))
def test_records_with_codes_are_counted_as_one_at_a_time(records: list[Record], dtype: type) -> None:
    codes = np.array([LABELS.index(group) if group else UNKNOWN_GROUP for group, _ in records], dtype=dtype)
    happened = np.array([outcome for _, outcome in records], dtype=float)
    _check(group_proportions(codes, happened, labels=LABELS), records, LABELS)


@examples(50)
@given(records=RECORDS, seed=st.integers(0, 100))
def test_the_order_of_the_records_does_not_matter(records: list[Record], seed: int) -> None:
    shuffled = [records[place] for place in np.random.default_rng(seed).permutation(len(records))]
    one, other = (
        group_proportions([group for group, _ in rows], [outcome for _, outcome in rows], labels=LABELS)
        for rows in (records, shuffled)
    )
    np.testing.assert_array_equal(one.estimates.value, other.estimates.value)
    np.testing.assert_array_equal(one.unknown_outcome, other.unknown_outcome)
