import re
from dataclasses import replace

from tests.apps.accountability.figures_example import (
    ENGLAND,
    LLR,
    YEAR,
    breakdown_of,
    definition,
    detention_figures,
    figure,
    observed,
    rounded,
    version,
)
from tests.apps.accountability.released_example import release, stated

from evenhand.apps.accountability.presenters import lists
from evenhand.apps.accountability.presenters.home import home_page
from evenhand.apps.accountability.presenters.how_sure import how_sure as doubts_of
from evenhand.apps.accountability.presenters.indicator import IndicatorPage, indicator_page
from evenhand.apps.accountability.presenters.organisation import organisation_page
from evenhand.apps.accountability.presenters.places import in_order, place
from evenhand.apps.accountability.presenters.releases import certificate_facts, certificate_words
from evenhand.apps.accountability.presenters.standings import Standing, standings
from evenhand.apps.accountability.queries import IndicatorInPlace
from evenhand.apps.monitoring.queries import ListedOrganisation
from evenhand.apps.organisations.models import Kind
from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, Count
from evenhand.datasets.observations import Organisation, OrganisationLevel, Period
from evenhand.publication.certificate import CertificateKind
from evenhand.publication.quality import QualityRow

INDICATORS = {"detention": definition()}
PLACE = place(ListedOrganisation(organisation=LLR, kind=Kind.AREA, invented=False))
COUNTRY = place(ListedOrganisation(organisation=ENGLAND, kind=Kind.AREA, invented=False))


def said(figures, *places) -> list[str]:
    page = home_page(places, stated(figures), list(INDICATORS.values()))
    return [re.sub("<.*?>", "", sentence) for sentence in page.sentences]


def standing_of(figures) -> Standing:
    (found,) = standings(observed(figures), INDICATORS)
    return found.standing


def test_a_measure_has_one_standing_in_a_place():
    undecided = [figure("white", rounded(515), Count(812_992)), figure("other", rounded(25), Count(22_898))]
    hidden = detention_figures(**dict.fromkeys(("mixed", "asian", "black", "other"), SUPPRESSED))
    assert standing_of(detention_figures()) is Standing.CLAIMED
    assert standing_of(undecided) is Standing.CANNOT_TELL
    assert standing_of(hidden) is Standing.HIDDEN
    assert standing_of([figure("all", Count(7), NOT_APPLICABLE)]) is Standing.NOT_COMPARED


def test_home_says_that_we_cannot_tell_when_we_cannot():
    figures = [figure("white", rounded(515), Count(812_992)), figure("black", rounded(25), Count(30_000))]
    first, last = said(figures, PLACE)
    assert first == (
        "In Leicester, Leicestershire and Rutland in 2023-24, we cannot tell from these figures whether Black people "
        "were detained more often than White people."
    )
    assert last == ("For 1 of the 1 measures published for Leicester, Leicestershire and Rutland, we cannot tell yet.")


def test_home_speaks_of_the_same_group_in_both_places():
    england = [replace(each, organisation=ENGLAND) for each in detention_figures(other=Count(900))]
    first, second = said([*england, *detention_figures()], PLACE, COUNTRY)
    assert "people of other ethnic groups were detained" in first
    assert second == (
        "In Leicester, Leicestershire and Rutland in 2023-24, we cannot tell from these figures whether people of "
        "other ethnic groups were detained more often than White people."
    )


def test_after_a_place_of_which_we_cannot_tell_the_next_says_in_full_what_it_speaks_of():
    counts = {"white": Count(515), "black": Count(510)}
    england = [figure(group, count, Count(30_000), organisation=ENGLAND) for group, count in counts.items()]
    first, second = said([*england, *detention_figures()], PLACE, COUNTRY)
    assert "we cannot tell" in first
    assert "Black people were detained under the Mental Health Act at 1.4 to 3 times the rate of White people" in second


def test_home_says_where_what_was_not_written_down_could_turn_its_sentence_round():
    (first, *_rest) = said(detention_figures(unrecorded=Count(900)), PLACE)
    assert first.endswith("White people. What was not written down could turn this round: it is undecided.")
    assert "turn this round" not in said(detention_figures(), PLACE)[0]


def test_home_is_silent_about_places_without_a_comparison():
    assert said([figure("all", rounded(855), Count(1_136_705))], PLACE) == []
    assert said(detention_figures()) == []


def test_the_country_comes_after_the_places_and_what_is_invented_last():
    trust = Organisation("T", "A trust", OrganisationLevel.TRUST)
    invented = place(ListedOrganisation(organisation=trust, kind=Kind.CARE, invented=True))
    assert in_order([invented, COUNTRY, PLACE]) == [PLACE, COUNTRY, invented]
    assert invented.where == "At A trust"
    police = Organisation("P", "A force", OrganisationLevel.POLICE_FORCE)
    listed = ListedOrganisation(organisation=police, kind=Kind.AREA, invented=False)
    assert place(listed).where == "In the area of A force"


def test_an_organisation_says_how_many_measures_claim_and_how_many_cannot_tell():
    undecided = [figure("white", rounded(515), Count(812_992)), figure("other", rounded(25), Count(22_898))]
    page = organisation_page(PLACE, stated(undecided), [definition()], [])
    assert page.lead == (
        "In Leicester, Leicestershire and Rutland the figures show a difference between ethnic groups in 0 of 1 "
        "measure. For 1 we cannot tell from these figures."
    )
    assert page.chart is None
    assert [fold.heading for fold in page.folds] == ["1 measure where we cannot tell from these figures"]


def test_an_organisation_says_what_its_order_is_made_by_and_what_could_turn_round():
    page = organisation_page(PLACE, stated(detention_figures(unrecorded=Count(900))), [definition()], [])
    assert "In 1 of them what was not written down could turn one round." in page.lead
    (drawn,) = page.chart.rows
    assert drawn.row.range == "1.4 to 3 times; undecided"
    assert "Undecided: chance does not explain it" in page.chart.alternative
    assert "drawn towards the middle of the groups of its measure" in page.chart.words.note
    assert "Where fewer than 4 groups" not in page.chart.words.note
    two = [figure("white", rounded(515), Count(812_992)), figure("black", rounded(50), Count(37_231))]
    page = organisation_page(PLACE, stated(two), [definition()], [])
    assert "Where fewer than 4 groups have a figure, it is ordered by the end of its range" in page.chart.words.note
    assert "undecided" not in page.chart.alternative


def test_completeness_is_told_in_words_whatever_is_known():
    def told(known, unknown, total, share) -> str:
        row = QualityRow(
            organisation=LLR,
            period=YEAR,
            measure="all_detentions",
            known=known,
            unknown=unknown,
            total=total,
            completeness=share,
        )
        (line,) = lists.data_quality([row], [definition()], [PLACE]).lines
        return line.sentence

    assert told(Count(760), Count(95), Count(855), 0.889).endswith("1\u00a0in\u00a09 (95 of 855).")
    assert told(Count(9), Count(0), Count(9), 1.0) == "Ethnicity is written down for every one."
    assert told(Count(9), Count(0, rounded_to=5), Count(9), 1.0).endswith("every one, or nearly.")
    assert told(SUPPRESSED, SUPPRESSED, Count(9), None).endswith("is hidden.")


def test_where_nothing_is_known_of_completeness_no_worst_is_named():
    row = QualityRow(
        organisation=LLR,
        period=YEAR,
        measure="all_detentions",
        known=SUPPRESSED,
        unknown=SUPPRESSED,
        total=Count(9),
        completeness=None,
    )
    assert lists.data_quality([row], [definition()], [PLACE]).lead == ""


def test_of_each_measure_in_a_place_the_newest_row_of_completeness_is_shown():
    def row(period, unknown, code="QK1"):
        return QualityRow(
            organisation=replace(LLR, code=code),
            period=period,
            measure="all_detentions",
            known=Count(100 - unknown),
            unknown=Count(unknown),
            total=Count(100),
            completeness=1 - unknown / 100,
        )

    year_before = Period(YEAR.start.replace(year=2022), YEAR.end.replace(year=2023))
    page = lists.data_quality(
        [row(year_before, 50), row(YEAR, 20), row(year_before, 10, "RT5")], [definition()], [PLACE]
    )
    assert [(line.code, line.unknown) for line in page.lines] == [("QK1", "20"), ("RT5", "10")]


def boards(how_many):
    """Boards of which only everybody is counted; all come before Leicester by name."""
    return [
        Organisation(f"Q{n:02}", f"NHS A{n:02} Integrated Care Board", OrganisationLevel.ICB) for n in range(how_many)
    ]


def test_among_many_places_the_one_of_which_most_is_known_comes_first():
    everybody = [figure("all", rounded(700), Count(1_000_000), organisation=board) for board in boards(40)]
    rows = observed(
        [*everybody, *detention_figures(), *(replace(each, organisation=ENGLAND) for each in everybody[:1])]
    )
    listed = [ListedOrganisation(organisation=board, kind=Kind.AREA, invented=False) for board in boards(40)]
    invented = place(ListedOrganisation(organisation=replace(LLR, code="X"), kind=Kind.CARE, invented=True))
    places = in_order([*map(place, listed), PLACE, COUNTRY, invented])
    told = lists.most_told(places, rows)
    assert (told[0], told[-2], told[-1]) == (PLACE, COUNTRY, invented)
    (domain,) = lists.figures([definition()], rows, places)
    (measure,) = domain.measures
    assert [name for name, _address in measure.places] == ["A00", "A01", "A02", "A03", PLACE.name, "England"]
    assert measure.more == 36


def test_a_measure_without_figures_is_not_listed():
    assert lists.figures([definition("restraint")], observed(detention_figures()), [PLACE]) == ()


def page_of(figures) -> IndicatorPage:
    listed = ListedOrganisation(organisation=LLR, kind=Kind.AREA, invented=False)
    found = IndicatorInPlace(definition=definition(), organisation=listed, stated=tuple(stated(figures)), quality=())
    return indicator_page(found, address="", today=YEAR.end)


def how_sure(figures) -> str:
    return page_of(figures).how_sure.under_the_chart


def test_what_was_not_written_down_may_or_may_not_turn_the_answer_round():
    white = figure("white", Count(5_000), Count(1_000_000))
    lower = [white, figure("black", Count(20), Count(100_000)), figure("unknown", Count(5), NOT_APPLICABLE)]
    assert how_sure(lower).endswith("Either way the answer stays below 1.")
    turned = [white, figure("black", Count(20), Count(100_000)), figure("unknown", Count(3_000), NOT_APPLICABLE)]
    assert how_sure(turned).endswith("So what was not written down could turn the answer round: it is undecided.")


def test_where_each_unrecorded_one_brings_somebody_to_count_out_of_every_way_is_drawn():
    figures = [
        figure("white", Count(5_000), Count(10_000)),
        figure("black", Count(150), Count(400)),
        figure("unknown", Count(60), Count(100)),
    ]
    breakdown = breakdown_of(figures, "talking_therapies_recovery")
    found = doubts_of(version("talking_therapies_recovery"), breakdown, breakdown.claims[0])
    assert found.under_the_chart.startswith("The last row holds every way in which those not recorded could belong")
    assert found.under_the_chart.endswith("Either way the answer stays below 1.")


def test_without_a_single_rate_no_method_is_named():
    groups = ("white", "mixed", "asian", "black", "other")
    figures = detention_figures(**dict.fromkeys(groups, SUPPRESSED))
    page = page_of(figures)
    assert "Ranges:" not in page.chart.words.note
    assert page.how_sure is None


def test_a_protected_certificate_is_told_with_its_numbers():
    protected = replace(
        release().certificate,
        kind=CertificateKind.PROTECTED,
        cells=200,
        hidden=43,
        primary=12,
        secondary=31,
        narrowest=2,
        required_width=2,
        attacker="An outsider.",
    )
    words = certificate_words(protected)
    assert "43 of 200 counts are hidden." in words
    assert any("a range of at least 3 possible values" in sentence for sentence in words)
    assert ("Hidden because small", "12") in certificate_facts(protected)
    assert ("Hidden to shield those", "31") in certificate_facts(protected)
    open_ended = certificate_words(replace(protected, narrowest=None, attacker=None))
    assert open_ended[-1] == "No hidden count can be narrowed down to a range."
