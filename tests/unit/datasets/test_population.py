"""Who is divided by: areas, groups, sexes and ages of the Census 2021, by a named rule."""

import pytest

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, Count
from evenhand.datasets.population import age_bands, areas, population, total
from evenhand.errors import InputRefused

ENGLAND = "E92000001"
LEICESTER = "E06000016"
ACT = "mental_health_act_2023_24"


def test_the_same_broad_group_holds_other_people_under_another_rule() -> None:
    asian_without_chinese = population(ENGLAND, "nhs_2001_5", "asian", rule=ACT)
    asian_with_chinese = population(ENGLAND, "ons_2021_5", "asian", rule="census_2021")
    assert asian_without_chinese == Count(4_995_235)
    assert asian_with_chinese == Count(asian_without_chinese.value + 431_188)


def test_an_integrated_care_board_is_the_sum_of_its_districts() -> None:
    parts = areas()["QK1"].parts
    together = population("QK1", "ons_2021", "indian", rule="census_2021")
    assert together == total(population(part, "ons_2021", "indian", rule="census_2021") for part in parts)
    assert len(parts) == 9


def test_below_england_the_publisher_divides_by_other_groups_and_so_does_the_rule() -> None:
    local = population("QK1", "nhs_2001_5", "other", rule=ACT)
    assert local == population("QK1", "ons_2021_5", "other", rule="census_2021")
    assert local != population("QK1", "nhs_2001_5", "other", rule="census_2021")


def test_everybody_is_another_number_than_everybody_with_a_group() -> None:
    assert population("QK1", "total", "all", rule=ACT) == Count(1_136_705)
    assert population("QK1", "nhs_2001_5", "all_known", rule=ACT) == Count(1_121_985)


def test_a_population_that_no_table_here_counts_is_unknown_and_not_zero() -> None:
    assert population(ENGLAND, "total", "all", rule=ACT) == UNKNOWN
    assert population("E06000001", "ons_2021", "indian", rule="census_2021") == UNKNOWN


def test_people_whose_ethnicity_nobody_recorded_are_no_group_of_residents() -> None:
    for group in ("unknown", "not_stated", "not_known"):
        assert population(ENGLAND, "nhs_2001", group, rule=ACT) == NOT_APPLICABLE


def test_a_trust_serves_people_wherever_they_live_and_has_no_residents() -> None:
    assert population("RT5", "nhs_2001_5", "black", rule=ACT) == NOT_APPLICABLE


def test_women_and_men_are_rounded_and_the_sum_says_how_far_it_may_be_off() -> None:
    women = population(ENGLAND, "ons_2021_5", "black", rule="census_2021", sex="female")
    men = population(ENGLAND, "ons_2021_5", "black", rule="census_2021", sex="male")
    everybody = population(ENGLAND, "ons_2021_5", "black", rule="census_2021").value
    assert women.rounded_to == men.rounded_to == 13  # three counts, each off by up to 2
    assert women.smallest + men.smallest <= everybody <= women.largest + men.largest


def test_one_hidden_district_hides_the_sum() -> None:
    assert population("E06000017", "ons_2021", "bangladeshi", rule="census_2021", sex="female") == SUPPRESSED
    assert population("QK1", "ons_2021", "bangladeshi", rule="census_2021", sex="female") == SUPPRESSED


def test_ages_add_up_to_everybody_of_a_sex_and_sexes_to_everybody() -> None:
    def england_and_wales(**narrower: object) -> int | None:
        return population("K04000001", "ons_2021_5", "black", rule="census_2021_by_age", **narrower).value

    bands = age_bands("census_2021_by_age")
    assert (bands[0], bands[-1]) == ("0_to_2", "85_and_over")
    assert england_and_wales(ages=bands) == england_and_wales()
    assert england_and_wales(sex="female") + england_and_wales(sex="male") == england_and_wales()
    assert england_and_wales(sex="male", ages=("18_to_19",)) < england_and_wales(ages=("18_to_19",))


def test_ages_are_published_for_england_and_wales_only() -> None:
    assert population(ENGLAND, "ons_2021_5", "black", rule="census_2021_by_age", ages=("18_to_19",)) == UNKNOWN
    assert age_bands("census_2021") == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nhs_2001", "white", {}), "has no group 'white' in nhs_2001"),
        (("dfe_6", "white", {}), "has no groups of 'dfe_6'. It has: nhs_2001, nhs_2001_5, total"),
        (("nhs_2001", "A", {"sex": "Female"}), "the sex 'Female' is not one of female, male"),
        (("nhs_2001", "A", {"ages": ("18_to_19",)}), "It does not count by age"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(arguments: tuple[str, str, dict], message: str) -> None:
    classification, group, narrower = arguments
    with pytest.raises(InputRefused) as refused:
        population(ENGLAND, classification, group, rule=ACT, **narrower)
    assert message in str(refused.value)


def test_an_age_band_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(InputRefused, match=r"'adults' is not an age band .* They are: 0_to_2, 3_to_4"):
        population("K04000001", "ons_2021_5", "black", rule="census_2021_by_age", ages=("adults",))


def test_unknown_outweighs_suppressed_in_a_sum() -> None:
    assert total([Count(5), SUPPRESSED, UNKNOWN]) == UNKNOWN
    assert total([Count(5), SUPPRESSED]) == SUPPRESSED
    assert total([Count(5, rounded_to=5), Count(7)]) == Count(12, rounded_to=5)
