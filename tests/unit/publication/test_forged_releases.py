"""Security property 2, at the door: a forger has our source code and writes new digests everywhere.

His releases are whole, and still refused: what does not follow from the printed counts, and what gives a count away.
"""

import shutil

import pytest
from tests.unit.publication.forgery import edit, forge_rows, refused, reseal, rows_of

from evenhand.publication.reading import read_release

pytestmark = pytest.mark.slow


def row_of(rows, **wanted):
    return next(row for row in rows if all(row[name] == value for name, value in wanted.items()))


QK1_BLACK = {"indicator": "detention", "organisation_code": "QK1", "group": "black"}


def test_resealing_an_unchanged_release_changes_nothing(published):
    before = (published / "certificate.json").read_bytes()
    forge_rows(published, lambda rows: None)
    assert (published / "certificate.json").read_bytes() == before
    read_release(published)


def test_a_value_that_does_not_follow_from_its_counts_is_refused(published):
    forge_rows(published, lambda rows: row_of(rows, **QK1_BLACK).update(value=13.4))
    assert "(detention, QK1, nhs_2001_5, black): value does not follow from the printed counts" in refused(published)


def test_a_count_changed_under_its_value_is_refused(published):
    forge_rows(published, lambda rows: row_of(rows, **QK1_BLACK).update(numerator=5))
    assert "does not follow from the printed counts" in refused(published)


@pytest.mark.parametrize("verdict", ["lower", "cannot_tell", "no_claim", "comparator"])
def test_a_verdict_that_does_not_follow_is_refused(published, verdict):
    forge_rows(published, lambda rows: row_of(rows, **QK1_BLACK).update(verdict=verdict))
    assert "verdict does not follow from the printed counts" in refused(published)


def test_a_claim_that_a_group_alone_could_make_and_among_many_cannot_is_refused(protected):
    """The forger can point at its printed interval, which leaves out 1. It is one of many groups compared."""
    african = {"organisation_code": "SVPT", "classification": "nhs_2001", "group": "N"}
    row = row_of(rows_of(protected), **african)
    assert (row["verdict"], row["ratio_lower_with_rounding"] > 1) == ("cannot_tell", True)
    forge_rows(protected, lambda rows: row_of(rows, **african).update(verdict="higher"))
    assert "verdict does not follow from the printed counts" in refused(protected)


def test_a_published_rate_with_a_lopsided_interval_is_refused(published):
    wanted = {"indicator": "detention_standardised", "group": "black"}
    forge_rows(published, lambda rows: row_of(rows, **wanted).update(lower=1.0))
    assert "lower does not follow" in refused(published)


def test_a_label_on_the_wrong_group_is_refused(published):
    forge_rows(published, lambda rows: row_of(rows, **QK1_BLACK).update(group_label="White"))
    assert "group_label does not follow" in refused(published)


def test_rows_in_another_order_are_refused(published):
    forge_rows(published, lambda rows: rows.reverse())
    assert "does not follow from the printed counts" in refused(published)


def test_a_row_twice_is_refused(published):
    forge_rows(published, lambda rows: rows.append(dict(rows[-1])))
    assert "has two figures" in refused(published)


def test_one_cell_with_two_counts_is_refused(published):
    wanted = {"indicator": "detention_standardised", "group": "black"}
    forge_rows(published, lambda rows: row_of(rows, **wanted).update(numerator=5694))
    assert "two different counts" in refused(published)


def test_two_files_with_different_figures_are_refused(published, protected):
    shutil.copy(protected / "observations.csv", published / "observations.csv")
    reseal(published)
    assert "observations.parquet and observations.csv do not hold the same figures" in refused(published)


@pytest.mark.parametrize("name", ["observations.parquet", "observations.csv", "indicators.json", "quality.csv"])
@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff\xfe", b"PAR1PAR1"])
def test_nonsense_under_a_right_digest_is_refused(published, name, content):
    (published / name).write_bytes(content)
    reseal(published)
    assert name in refused(published)


def test_parquet_of_other_columns_is_refused(published):
    (published / "observations.parquet").write_bytes(_parquet_of_another_shape())
    reseal(published)
    assert "its columns are not those that a release has" in refused(published)


def _parquet_of_another_shape() -> bytes:
    from evenhand.publication.columns import Column
    from evenhand.publication.parquet import parquet_bytes

    return parquet_bytes((Column("person", "string", "A person."),), [("x",)])


@pytest.mark.parametrize(
    ("column", "value"),
    [("verdict", "certain"), ("numerator_status", "small"), ("numerator_rounded_to", 0), ("organisation_level", "x")],
)
def test_a_word_that_means_nothing_is_refused(published, column, value):
    forge_rows(published, lambda rows: rows[0].update({column: value}))
    assert "observations.parquet does not hold what a release holds there" in refused(published)


def test_a_quality_that_does_not_follow_is_refused(published):
    path = published / "quality.csv"
    text = path.read_text("utf-8")
    assert ",3726," in text
    path.write_text(text.replace(",3726,", ",3,", 1), "utf-8")
    reseal(published)
    assert "quality.csv does not follow from the printed counts" in refused(published)


def test_a_quality_row_left_out_is_refused(published):
    path = published / "quality.csv"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    reseal(published)
    assert "quality.csv does not follow from the printed counts" in refused(published)


def test_definitions_of_other_indicators_are_refused(published):
    edit(published / "indicators.json", lambda document: document.pop())
    reseal(published)
    assert "its definitions are not those of the observations" in refused(published)


def test_a_definition_given_twice_is_refused(published):
    edit(published / "indicators.json", lambda document: document.append(document[0]))
    reseal(published)
    assert "its definitions are not those of the observations" in refused(published)


def test_a_definition_that_is_not_in_force_is_refused(published):
    edit(published / "indicators.json", lambda document: document[0]["versions"][0].update(valid_from="2030-01-01"))
    reseal(published)
    assert "has no definition in force on 2024-03-31" in refused(published)


def test_a_unit_that_is_not_the_definitions_is_refused(published):
    edit(published / "indicators.json", lambda document: document[0]["versions"][0].update(unit="per million"))
    reseal(published)
    assert "unit does not follow" in refused(published)


@pytest.mark.parametrize("path", ["../observations.csv", "/etc/passwd", "observations.parquet"])
def test_a_path_trick_in_the_package_is_refused(published, path):
    edit(published / "datapackage.json", lambda document: document["resources"][1].update(path=path))
    reseal(published)
    assert "resources.1.path does not fit" in refused(published)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda document: document.update(name="another"), "name"),
        (lambda document: document["evenhand"].update(x=1), "x"),
        (lambda document: document["evenhand"].pop("period"), "period"),
        (lambda document: document["evenhand"].pop("claims"), "evenhand.claims"),
        (
            lambda document: document["evenhand"]["claims"].update(false_discovery_rate=0.5),
            "claims.false_discovery_rate",
        ),
        (lambda document: document.pop("licenses"), "licenses"),
        (lambda document: document.update(contributors=[]), "contributors"),
        (lambda document: document["resources"].pop(), "resources"),
        (lambda document: document["resources"][0]["schema"]["fields"].pop(), "fields"),
        (lambda document: document.update(evenhand_note="x"), "evenhand_note"),
        (lambda document: document.update(evenhand_note=None), "the file does not fit"),
    ],
)
def test_a_package_that_does_not_fit_is_refused_with_the_place(published, change, place):
    edit(published / "datapackage.json", change)
    reseal(published)
    message = refused(published)
    assert "datapackage.json does not hold what a release holds there" in message
    assert place in message


def test_a_small_count_printed_after_all_is_refused(protected):
    hidden = {"organisation_code": "SVPT", "group": "R"}

    def print_it(rows):
        row_of(rows, **hidden).update(numerator=3, numerator_status="published")

    forge_rows(protected, lambda rows: (print_it(rows), _work_out_again(rows, protected)))
    assert "is printed otherwise than the rule nhs5 says" in refused(protected)


def test_an_unrounded_count_is_refused(protected):
    total = {"organisation_code": "SVPT", "group": "all"}

    def print_it(rows):
        row_of(rows, **total).update(numerator=276, numerator_rounded_to=1)

    forge_rows(protected, lambda rows: (print_it(rows), _work_out_again(rows, protected)))
    assert "is printed otherwise than the rule nhs5 says" in refused(protected)


def _work_out_again(rows, directory) -> None:
    """Estimates and verdicts of the forged counts, as the forger would with our own code."""
    from evenhand.publication import columns
    from evenhand.publication.estimates import released_observations
    from evenhand.publication.figures import figures_of_release
    from evenhand.publication.reading import read_indicators

    names = [column.name for column in columns.OBSERVATION_COLUMNS]
    observations = [columns.from_row(tuple(row[name] for name in names)) for row in rows]
    (indicator,) = read_indicators((directory / "indicators.json").read_bytes())
    versions = {(row.indicator, row.period): indicator.versions[0] for row in observations}
    comparators = {"nhs_2001": "A", "nhs_2001_5": "white", "white_british": "white_british"}
    again = released_observations(figures_of_release(observations, versions), [indicator.id], versions, comparators)
    rows[:] = [dict(zip(names, columns.to_row(row), strict=True)) for row in again]


def hidden_groups(directory) -> set[tuple[str, str]]:
    return {(row["organisation_code"], row["group"]) for row in rows_of(directory) if row["numerator"] is None}


def test_a_hidden_count_that_can_be_worked_out_is_refused_whatever_the_digests_say(exact):
    """The forger prints a count that was hidden to shield another: both rule and estimates hold, the sums tell all."""
    shielding = {("TST-A", "unknown"): 12, ("TST-A", "white_british"): 41, ("TST-A", "all_known"): 43}
    chosen = next(place for place in shielding if place in hidden_groups(exact))

    def print_it(rows):
        row = row_of(rows, organisation_code=chosen[0], group=chosen[1])
        row.update(numerator=shielding[chosen], numerator_status="published")

    forge_rows(exact, lambda rows: (print_it(rows), _work_out_again(rows, exact)))
    edit(exact / "certificate.json", lambda it: it.update(hidden=it["hidden"] - 1, primary=None, secondary=None))
    assert "the attack succeeds" in refused(exact)


def test_counts_that_contradict_their_sums_are_refused(exact):
    def alter(rows):
        row_of(rows, organisation_code="TST", group="all").update(numerator=9_999)

    forge_rows(exact, lambda rows: (alter(rows), _work_out_again(rows, exact)))
    assert "contradict each other" in refused(exact)


def test_a_cell_left_out_of_its_sum_is_refused(exact):
    def leave_out(rows):
        rows.remove(row_of(rows, organisation_code="TST", group="white_british"))

    forge_rows(exact, lambda rows: (leave_out(rows), _work_out_again(rows, exact)))
    assert "is not printed, though it belongs to a sum" in refused(exact)


def test_a_count_outside_every_sum_is_refused(exact):
    def add(rows):
        rows.append(row_of(rows, organisation_code="TST-B", group="unknown") | {"group": "not_known"})

    forge_rows(exact, lambda rows: (add(rows), _work_out_again(rows, exact)))
    assert "stands in no sum" in refused(exact)


def test_a_rule_weaker_than_its_name_is_refused(protected):
    def weaken(certificate):
        certificate["rule_in_full"]["required_width"] = 1
        certificate["required_width"] = 1

    edit(protected / "certificate.json", weaken)
    assert "its rule is not the rule nhs5 that it is named after" in refused(protected)


def test_a_protected_release_cannot_say_that_it_is_one_no_more(protected):
    edit(protected / "certificate.json", lambda it: it.update(kind="as_published", rule_in_full=None))
    assert "do not agree on whether this release protects its counts" in refused(protected)


def test_a_protected_release_cannot_drop_how_its_counts_add_up(protected):
    edit(protected / "datapackage.json", lambda document: document["evenhand"].update(adding=None))
    reseal(protected)
    assert "do not agree on whether this release protects its counts" in refused(protected)


@pytest.mark.parametrize("told", [(1, 1), (-1, 44), (43, None)])
def test_what_the_certificate_tells_of_reasons_has_to_add_up(protected, told):
    edit(protected / "certificate.json", lambda it: it.update(primary=told[0], secondary=told[1]))
    assert "certificate.json is not the certificate of these figures" in refused(protected)


def test_a_rate_from_elsewhere_in_a_protected_release_is_refused(exact):
    def publish(document):
        document[0]["versions"][0].update(
            statistic="published_rate", published_value="rate", published_half_width="half_width"
        )

    def rates(rows):
        for row in rows:
            row.update(ratio=None, ratio_lower=None, ratio_upper=None, ratio_method=None, comparator=None)
            row.update(ratio_lower_with_rounding=None, ratio_upper_with_rounding=None)

    edit(exact / "indicators.json", publish)
    forge_rows(exact, lambda rows: (rates(rows), _work_out_again(rows, exact)))
    assert "carries none from elsewhere" in refused(exact)


def test_who_rewrites_everything_makes_another_release_under_another_digest(published):
    """A digest is no signature, and we do not say that it is one."""
    before = read_release(published).certificate.digest
    edit(published / "datapackage.json", lambda document: document.update(title="Another title"))
    reseal(published)
    assert read_release(published).certificate.digest != before
