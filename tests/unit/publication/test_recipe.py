"""Recipes: written by people, read strictly."""

from datetime import date

import pytest

from evenhand.datasets.observations import Period
from evenhand.errors import InputRefused
from evenhand.publication.recipe import (
    AsPublished,
    Licence,
    named_file,
    open_recipe,
    period_name,
    read_recipe,
    release_name,
    release_series,
    shipped_recipes,
)


@pytest.mark.parametrize("name", shipped_recipes())
def test_every_shipped_recipe_reads(name):
    recipe = read_recipe(name)
    assert recipe.name.endswith(f"-{recipe.revision}")
    assert recipe == read_recipe(shipped_recipes()[name])


def test_a_recipe_says_how_its_figures_were_protected():
    protection = read_recipe("mental_health_act_2023_24").protection
    assert isinstance(protection, AsPublished)
    assert protection.publisher == "NHS England"


def test_only_the_invented_trusts_are_invented():
    assert [name for name in shipped_recipes() if read_recipe(name).invented] == [
        "fernmark_2024_03",
        "soar_valley_2022_04_to_2024_02",
        "soar_valley_2024_03",
    ]


def test_a_file_of_ones_own_goes_before_a_shipped_recipe_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "soar_valley_2024_03").write_text("title: [")
    with pytest.raises(InputRefused, match="is not YAML"):
        open_recipe("soar_valley_2024_03")


def test_a_recipe_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(InputRefused, match=r"no_such: there is no such recipe.*soar_valley_2024_03"):
        read_recipe("no_such")


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="cannot be read"):
        read_recipe(tmp_path / "no.yaml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("revision: 1", "revision: 2", "a revision above 1 says in `replaces`"),
        ("revision: 1", "replaces: tst-2024-03-1", "revision 1 replaces none"),
        ("[restraint]", "[restraint, restraint]", "`indicators` lists one of them twice"),
        ("revision: 1", "organisations: [A, A]", "`organisations` lists one of them twice"),
        ("[restraint]", "[]", "indicators"),
        ("code: TST,", "code: ../TST,", "organisation.code"),
        ("kind: protect", "kind: trust_me", "protection"),
        ("rule: RULE", "rule: nhs5\n  secret: 1", "secret"),
        ("2024-03-31", "2024-02-01", "a period runs forwards"),
        ("invented: true", "colour: blue", "colour"),
        ("title: Counts", "titel: Counts", "title"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(tmp_path, old, new, message):
    from tests.unit.publication.conftest import PROTECTED_RECIPE

    text = PROTECTED_RECIPE + "revision: 1\n"
    assert old in text
    (tmp_path / "recipe.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(InputRefused) as refusal:
        read_recipe(tmp_path / "recipe.yaml")
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2023, 4, 1), date(2024, 3, 31), "2023-24"),
        (date(1999, 4, 1), date(2000, 3, 31), "1999-00"),
        (date(2023, 1, 1), date(2023, 12, 31), "2023"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        (date(2024, 2, 1), date(2024, 2, 28), "2024-02-01-2024-02-28"),
        (date(2022, 4, 1), date(2024, 3, 31), "2022-04-01-2024-03-31"),
        (date(2022, 1, 1), date(2023, 12, 31), "2022-01-01-2023-12-31"),
        (date(2024, 3, 31), date(2024, 3, 31), "2024-03-31-2024-03-31"),
        (date(2024, 1, 1), date(2024, 2, 29), "2024-01-01-2024-02-29"),
    ],
)
def test_a_period_has_the_name_that_people_use(start, end, name):
    assert period_name(Period(start, end)) == name


def test_a_release_is_named_by_organisation_period_and_revision():
    assert release_name(release_series("QK1", None, Period(date(2023, 4, 1), date(2024, 3, 31))), 2) == "qk1-2023-24-2"


def test_where_there_are_several_for_a_period_the_subject_stands_in_the_name():
    series = release_series("QK1", "talking-therapies", Period(date(2023, 4, 1), date(2024, 3, 31)))
    assert release_name(series, 1) == "qk1-talking-therapies-2023-24-1"


def test_a_licence_reads_as_its_title():
    assert str(Licence("OGL-UK-3.0", "Open Government Licence v3.0")) == "Open Government Licence v3.0"


def test_a_shipped_name_is_no_path(tmp_path):
    assert named_file("nhs5", tmp_path, "rule") == "nhs5"
    assert named_file("mine.yaml", tmp_path, "rule") == tmp_path / "mine.yaml"
