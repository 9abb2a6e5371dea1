"""The flat columns: one row for one figure, there and back."""

from datetime import date

import pytest

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, CellStatus, Count
from evenhand.datasets.observations import Organisation, OrganisationLevel, Period
from evenhand.publication.columns import OBSERVATION_COLUMNS, from_row, to_row
from evenhand.publication.observations import Estimate, ReleasedObservation, Verdict

ESTIMATE = Estimate(
    value=2.12, lower=1.56, upper=2.84, lower_with_rounding=1.48, upper_with_rounding=2.95, method="MOVER-log on Byar"
)
SHOWN = ReleasedObservation(
    indicator="detention",
    period=Period(date(2023, 4, 1), date(2024, 3, 31)),
    organisation=Organisation("QK1", "Leicester, Leicestershire and Rutland", OrganisationLevel.ICB),
    classification="nhs_2001_5",
    group="black",
    group_label="Black or Black British",
    group_order=3,
    numerator=Count(50, rounded_to=5),
    denominator=Count(37_231),
    value=ESTIMATE,
    value_status=CellStatus.PUBLISHED,
    unit="per 100,000 people",
    comparator="white",
    ratio=ESTIMATE,
    verdict=Verdict.HIGHER,
)
NAMES = [column.name for column in OBSERVATION_COLUMNS]


def with_cells(**cells):
    row = dict(zip(NAMES, to_row(SHOWN), strict=True)) | cells
    return tuple(row[name] for name in NAMES)


def test_a_figure_comes_back_from_its_row():
    assert from_row(to_row(SHOWN)) == SHOWN


def test_a_hidden_figure_comes_back_hidden():
    from dataclasses import replace

    hidden = replace(
        SHOWN,
        numerator=SUPPRESSED,
        denominator=NOT_APPLICABLE,
        value=None,
        value_status=CellStatus.SUPPRESSED,
        comparator=None,
        ratio=None,
        verdict=Verdict.NO_CLAIM,
    )
    row = dict(zip(NAMES, to_row(hidden), strict=True))
    assert (row["numerator"], row["numerator_status"]) == (None, "suppressed")
    assert (row["denominator"], row["denominator_status"]) == (None, "not_applicable")
    assert from_row(to_row(hidden)) == hidden


def test_every_column_says_what_stands_in_it_and_has_a_name_of_its_own():
    assert len(set(NAMES)) == len(NAMES)
    assert all(column.description.endswith((".", "no_claim.")) for column in OBSERVATION_COLUMNS)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"group_label": None}, "column group_label: expected a string"),
        ({"group_order": "3"}, "column group_order: expected a integer"),
        ({"group_order": True}, "column group_order: expected a integer"),
        ({"value": "2.12"}, "column value: expected a number"),
        ({"comparator": 1}, "column comparator: expected a string"),
        ({"value": None}, "an estimate is given whole"),
        ({"ratio_method": None}, "an estimate is given whole"),
        ({"numerator": None}, "a count has a value exactly when it is published"),
        ({"numerator": -5}, "a count is not negative"),
        ({"numerator": 2**63 - 1}, "a count of people, events or days is at most"),
        ({"denominator_rounded_to": 2**62}, "a count of people, events or days is at most"),
        ({"period_end": date(2020, 1, 1)}, "a period runs forwards"),
        ({"verdict": "surely"}, "surely"),
    ],
)
def test_a_row_that_means_nothing_is_refused(cells, message):
    with pytest.raises(ValueError, match=message):
        from_row(with_cells(**cells))


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="1 values found"):
        from_row(("detention",))
