import re

import pytest
from tests.apps.accountability.figures_example import (
    HERE,
    MONTH,
    breakdown_of,
    detention_figures,
    figure,
    rounded,
    version,
)

from evenhand.apps.accountability.presenters.answers import answer
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count


def said(figures, indicator_id="detention", comparator="white") -> str:
    markup = answer(HERE, version(indicator_id), breakdown_of(figures, indicator_id, comparator))
    return re.sub("<.*?>", "", markup)


def test_the_answer_gives_frequencies_the_ratio_as_a_range_and_whom_we_cannot_tell_of():
    assert said(detention_figures()) == (
        "In Leicester, there were about 13 detentions in the year for every 10,000 Black people, and about 6 for every "
        "10,000 White people. That is between 1.4 and 3 times the rate. For people of Mixed ethnicity, Asian people "
        "and people of other ethnic groups we cannot tell from these figures."
    )


def test_the_claim_is_set_apart_and_nothing_else_is():
    markup = answer(HERE, version(), breakdown_of(detention_figures()))
    assert re.findall('<strong class="range">(.*?)</strong>', markup) == ["between 1.4 and 3 times"]


def test_without_a_claim_not_being_able_to_tell_is_the_message():
    figures = [figure("white", rounded(515), Count(812_992)), figure("other", rounded(25), Count(22_898))]
    markup = answer(HERE, version(), breakdown_of(figures))
    assert re.findall('<strong class="range">(.*?)</strong>', markup) == ["we cannot tell from these figures"]
    assert said(figures).startswith("In Leicester, there were about 6 detentions in the year for every 10,000 White")


def test_hidden_groups_are_named_with_the_reason():
    assert "Figures for Asian people are hidden to protect people in small groups." in said(
        detention_figures(asian=SUPPRESSED)
    )


def test_no_sentence_claims_a_cause():
    assert "caus" not in said(detention_figures())


def test_more_claims_follow_the_widest():
    figures = detention_figures(mixed=Count(60), other=Count(70))
    assert (
        "That is between 3.6 and 6.3 times the rate. It is 2.3 to 4.2 times for people of Mixed ethnicity and 1.4 to 3 "
        "times for Black people." in said(figures)
    )


def test_many_claims_are_counted_and_not_listed():
    figures = [figure("A", Count(500), Count(1_000_000), classification="nhs_2001")]
    figures += [figure(code, Count(3_000), Count(1_000_000), classification="nhs_2001") for code in "HJKLMN"]
    assert "For 5 more groups the rate differs as well." in said(figures)


def test_a_claim_that_what_was_not_written_down_could_turn_round_says_so():
    assert (
        "That is between 1.4 and 3 times the rate. For Black people what was not written down could turn this round: "
        in (said(detention_figures(unrecorded=Count(900))))
    )
    assert "turn this round" not in said(detention_figures())


def test_many_groups_of_which_we_cannot_tell_are_counted_and_not_listed():
    figures = [figure("A", Count(500), Count(1_000_000), classification="nhs_2001")]
    figures += [figure(code, Count(6), Count(10_000), classification="nhs_2001") for code in "HJKLM"]
    assert "For 5 groups we cannot tell from these figures." in said(figures)


def test_what_is_counted_out_of_days_is_said_of_days():
    figures = [
        figure("white", rounded(90), Count(4_985), period=MONTH),
        figure("black", rounded(30), Count(800), period=MONTH),
    ]
    assert said(figures, "restraint") == (
        "In Leicester, among Black people there were about 38 people restrained in the month for every 1,000 bed days, "
        "and about 18 among White people. That is between 1.2 and 3.5 times the rate."
    )
    undecided = [figures[0], figure("asian", rounded(25), Count(1_460), period=MONTH)]
    assert "among White people there were about 18 people restrained" in said(undecided, "restraint")


def test_what_is_allowed_for_is_said_at_the_start():
    figures = [
        figure("white", Count(31_735), NOT_APPLICABLE, published_value=68.4, published_half_width=0.7),
        figure("black", Count(5_693), NOT_APPLICABLE, published_value=242.3, published_half_width=6.9),
    ]
    assert said(figures, "detention_standardised") == (
        "In Leicester, allowing for age and sex, there were about 24 detentions in the year for every 10,000 Black "
        "people, and about 7 for every 10,000 White people. That is between 3.4 and 3.7 times the rate."
    )


def test_a_share_is_called_a_share():
    figures = [figure("white", Count(5_100), Count(10_000)), figure("asian", Count(2_300), Count(5_000))]
    assert "That is between 0.87 and 0.94 times the share." in said(figures, "talking_therapies_recovery")


def test_none_at_all_is_said_as_no():
    figures = [figure("white", Count(900), Count(900_000)), figure("black", Count(0), Count(900_000))]
    sentence = said(figures)
    assert "there were no detentions in the year for every" in sentence
    assert "at most 0.01 times the rate" in sentence


def test_a_count_without_a_rate_is_given_as_a_count():
    assert said([figure("all", rounded(185), NOT_APPLICABLE)], "detained_at_year_end") == (
        "In Leicester, about 185 people detained on 31 March were counted. There is no rate. No figures by "
        "ethnic group have been released here."
    )
    assert "In Leicester, 7 detentions were counted" in said([figure("all", Count(7), NOT_APPLICABLE)])


def test_a_rate_of_everybody_is_given_where_nothing_is_by_group():
    assert "there were about 8 detentions in the year for every 10,000 people." in said(
        [figure("all", rounded(855), Count(1_136_705))]
    )


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (SUPPRESSED, "the figure is hidden to protect people in small groups"),
        (NOT_APPLICABLE, "no figure can be shown"),
    ],
)
def test_no_figure_at_all_says_why(total, words):
    assert words in said([figure("all", total, NOT_APPLICABLE)])


def test_where_all_groups_are_hidden_that_is_the_answer():
    every = dict.fromkeys(("white", "mixed", "asian", "black", "other"), SUPPRESSED)
    assert said(detention_figures(**every)).strip() == (
        "Figures for 5 groups are hidden to protect people in small groups."
    )
