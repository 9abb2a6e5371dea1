"""A release is made whole or not at all, and only of what can be made one."""

import json
import shutil

import pytest
from tests.unit.publication.conftest import source_text
from tests.unit.publication.made_releases import edited, made, refused

from evenhand.datasets.counts import CellStatus
from evenhand.errors import EvenhandError, InputRefused
from evenhand.publication import making
from evenhand.publication.making import check_source, make_release
from evenhand.publication.reading import read_release


def test_a_release_is_a_folder_of_six_files_named_after_what_it_is(recipe_folder, tmp_path):
    release = made(recipe_folder, tmp_path / "new" / "out")
    assert release.directory == tmp_path / "new" / "out" / "tst-2024-03-1"
    assert sorted(path.name for path in release.directory.iterdir()) == [
        "certificate.json",
        "datapackage.json",
        "indicators.json",
        "observations.csv",
        "observations.parquet",
        "quality.csv",
    ]
    assert release == read_release(release.directory)


def test_the_same_source_and_recipe_give_the_same_bytes(recipe_folder, tmp_path):
    one, two = made(recipe_folder, tmp_path / "one"), made(recipe_folder, tmp_path / "two")
    for path in one.directory.iterdir():
        assert path.read_bytes() == (two.directory / path.name).read_bytes(), path.name


def test_rates_come_from_the_printed_counts_and_never_from_the_true_ones(recipe_folder, tmp_path):
    release = made(recipe_folder, tmp_path)
    white = next(row for row in release.observations if row.group == "white_british")
    assert (white.organisation.code, white.numerator.value, white.denominator.value) == ("TST", 75, 2400)
    assert white.value.value == 75 / 2400 * 1000  # the true count is 77
    assert "77" not in (release.directory / "observations.csv").read_text("utf-8").split(",")


def test_a_small_count_is_hidden_and_so_is_what_would_give_it_away(recipe_folder, tmp_path):
    edited(recipe_folder / "recipe.yaml", ("nhs5", "dfe2"))
    release = made(recipe_folder, tmp_path)
    hidden = {
        (row.organisation.code, row.group)
        for row in release.observations
        if row.numerator.status is CellStatus.SUPPRESSED
    }
    assert ("TST-A", "not_white_british") in hidden
    assert len({code for code, _ in hidden}) > 1  # the other service hides something too, or the total would tell


def test_a_release_is_never_written_over(recipe_folder, tmp_path):
    before = made(recipe_folder, tmp_path).certificate
    with pytest.raises(InputRefused, match=r"exists already\. A release is never written over"):
        made(recipe_folder, tmp_path)
    assert read_release(tmp_path / "tst-2024-03-1").certificate == before


def test_even_an_empty_folder_of_that_name_is_left_alone(recipe_folder, tmp_path):
    (tmp_path / "tst-2024-03-1").mkdir()
    with pytest.raises(InputRefused, match="exists already"):
        made(recipe_folder, tmp_path)
    assert list((tmp_path / "tst-2024-03-1").iterdir()) == []


def test_a_link_that_leads_nowhere_is_not_written_through(recipe_folder, tmp_path):
    (tmp_path / "tst-2024-03-1").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputRefused, match="exists already"):
        made(recipe_folder, tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_what_would_not_be_read_back_is_not_released(recipe_folder, tmp_path, monkeypatch):
    """The last look before the folder gets its name: here the writing itself goes wrong."""
    monkeypatch.setattr(making, "quality_rows", lambda *_: ())
    with pytest.raises(EvenhandError, match=r"quality\.csv does not follow"):
        made(recipe_folder, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_named(recipe_folder, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputRefused, match=r"file/out: cannot be written to \(Not a directory\)"):
        made(recipe_folder, tmp_path / "file" / "out")


def test_every_step_is_told(recipe_folder, tmp_path):
    told = []
    make_release(recipe_folder / "source.csv", recipe_folder / "recipe.yaml", tmp_path, step=told.append)
    assert told == [
        "Reading the source",
        "Hiding small counts and what would give them away",
        "Working out rates, ratios and intervals",
        "Attacking what would be printed",
        "Writing, and reading back what was written",
    ]


def test_the_day_of_making_is_the_day_of_release_when_the_recipe_names_none(recipe_folder, tmp_path):
    from datetime import UTC, datetime

    edited(recipe_folder / "recipe.yaml", ("released_on: 2024-05-01\n", ""))
    assert made(recipe_folder, tmp_path).package.released_on == datetime.now(tz=UTC).date()


def test_a_check_says_what_a_release_would_hold_and_writes_nothing(recipe_folder):
    before = sorted(recipe_folder.iterdir())
    checked = check_source(recipe_folder / "source.csv", recipe_folder / "recipe.yaml")
    assert (checked.name, checked.figures, checked.indicators) == ("tst-2024-03-1", 15, ("restraint",))
    assert [each.code for each in checked.organisations] == ["TST", "TST-A", "TST-B"]
    assert checked.report.rows_loaded == 12
    assert (checked.cells, checked.hidden) == (30, 1)
    assert sorted(recipe_folder.iterdir()) == before


def test_a_check_of_published_figures_counts_what_their_publisher_hid():
    checked = check_source("mental_health_act_2023_24", "mental_health_act_2023_24")
    assert (checked.name, checked.hidden) == ("nhs-england-2023-24-1", 1)


def test_a_package_says_whose_figures_these_are_and_who_stands_for_them(recipe_folder, tmp_path):
    document = json.loads((made(recipe_folder, tmp_path).directory / "datapackage.json").read_text("utf-8"))
    assert document["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (document["name"], document["version"]) == ("tst-2024-03-1", "1")
    assert document["created"] == "2024-05-01T00:00:00Z"
    assert document["contributors"] == [{"title": "A test", "roles": ["publisher"]}]
    assert document["licenses"] == [{"name": "CC0-1.0", "title": "Creative Commons Zero 1.0"}]
    assert document["evenhand"]["invented"] is True
    assert document["evenhand"]["adding"] == {
        "classification": "white_british",
        "unrecorded": ["unknown"],
        "organisations": {"TST": ["TST-A", "TST-B"]},
        "parts": [],
    }
    assert [resource["path"] for resource in document["resources"]] == [
        "observations.parquet",
        "observations.csv",
        "indicators.json",
        "quality.csv",
    ]


# ------------------------------------------------------------------------------------------------- what is refused


def test_a_source_of_another_period_is_refused(recipe_folder):
    edited(recipe_folder / "recipe.yaml", ("2024-03-01", "2023-03-01"), ("2024-03-31", "2023-03-31"))
    assert "no figure that lies within 2023-03-01 to 2023-03-31" in refused(recipe_folder)


def test_an_organisation_that_the_source_does_not_have_is_named(recipe_folder):
    edited(recipe_folder / "recipe.yaml", ("comparators:", "organisations: [TST-A, TST-B, TST-C]\ncomparators:"))
    assert "no figure of 'TST-C'" in refused(recipe_folder)


def test_organisations_come_in_the_order_in_which_the_recipe_lists_them(recipe_folder, tmp_path):
    edited(recipe_folder / "recipe.yaml", ("comparators:", "organisations: [TST-B, TST, TST-A]\ncomparators:"))
    release = made(recipe_folder, tmp_path)
    assert list(dict.fromkeys(row.organisation.code for row in release.observations)) == ["TST-B", "TST", "TST-A"]


def test_services_may_stand_each_for_itself(recipe_folder, tmp_path):
    edited(
        recipe_folder / "recipe.yaml",
        ("  whole: {code: TST, name: Test Trust, level: trust, parts: [TST-A, TST-B]}\n", ""),
        ("comparators:", "organisations: [TST-B]\ncomparators:"),
    )
    release = made(recipe_folder, tmp_path)
    assert {row.organisation.code for row in release.observations} == {"TST-B"}


def test_a_whole_is_not_made_of_some_of_its_parts(recipe_folder):
    edited(recipe_folder / "recipe.yaml", ("comparators:", "organisations: [TST-A]\ncomparators:"))
    assert "there is no count of" in refused(recipe_folder)


def test_an_indicator_that_the_source_does_not_count_is_named(recipe_folder):
    edited(recipe_folder / "recipe.yaml", ("[restraint]", "[restraint, use_of_force]"))
    assert "no figure for the indicator 'use_of_force'" in refused(recipe_folder)


def test_an_indicator_that_does_not_exist_is_named(recipe_folder):
    edited(recipe_folder / "recipe.yaml", ("[restraint]", "[restrant]"))
    assert "there is no indicator 'restrant'" in refused(recipe_folder)


def test_an_indicator_without_a_definition_in_force_is_named(recipe_folder):
    (recipe_folder / "source.csv").write_text(source_text({"TST-A": (9, 9, 9), "TST-B": (9, 9, 9)}, "2012-03-01"))
    edited(recipe_folder / "recipe.yaml", ("2024-03-01", "2012-03-01"), ("2024-03-31", "2012-03-31"))
    assert "'restraint' has no definition in force on 2012-03-31" in refused(recipe_folder)


def test_a_comparator_that_is_no_group_is_named(recipe_folder):
    edited(recipe_folder / "recipe.yaml", ("{white_british: white_british}", "{white_british: white}"))
    assert "'white' is not a category of white_british" in refused(recipe_folder)


@pytest.mark.parametrize(
    ("count", "found"),
    [("*", "and this one is suppressed"), ("", "and this one is unknown"), ("12 (est.)", "a text of 9 characters")],
)
def test_what_is_not_an_exact_count_cannot_be_protected(recipe_folder, count, found):
    (recipe_folder / "source.csv").write_text(source_text({"TST-A": (41, count, 12), "TST-B": (36, 17, 9)}))
    assert found in refused(recipe_folder)


def test_a_count_rounded_before_cannot_be_protected(recipe_folder):
    with (recipe_folder / "mapping.yaml").open("a") as file:
        file.write("rounding: {to: 5}\n")
    assert "only exact counts can be protected, and this one is rounded to 5" in refused(recipe_folder)


def test_a_count_that_is_missing_is_not_taken_for_zero(recipe_folder):
    edited(recipe_folder / "source.csv", ("2024-03-01,TST-B,Service B,people_restrained,unknown,9\n", ""))
    message = refused(recipe_folder)
    assert "no count of people_restrained, 2024-03-01 to 2024-03-31, TST-B, group unknown" in message
    assert "given as 0" in message


def test_a_total_in_the_source_is_not_added_to_its_parts(recipe_folder):
    with (recipe_folder / "source.csv").open("a") as file:
        file.write("2024-03-01,TST-A,Service A,people_restrained,all,55\n")
    assert "without totals: the release adds those up itself. Found totals (all)" in refused(recipe_folder)


@pytest.mark.parametrize("name", ["../outside.yaml", "/etc/passwd", "sub/../../outside.yaml"])
@pytest.mark.parametrize(("field", "what"), [("mapping: mapping.yaml", "mapping"), ("rule: nhs5", "rule")])
def test_a_recipe_names_no_file_outside_its_folder(recipe_folder, name, field, what):
    (recipe_folder.parent / "outside.yaml").write_text("x: 1")
    edited(recipe_folder / "recipe.yaml", (field, f"{field.partition(':')[0]}: {name}"))
    assert f"the {what} '{name}' leads out of the recipe's folder" in refused(recipe_folder)


def test_a_link_beside_the_recipe_does_not_lead_out_either(recipe_folder):
    outside = recipe_folder.parent / "outside.yaml"
    shutil.move(recipe_folder / "mapping.yaml", outside)
    (recipe_folder / "mapping.yaml").symlink_to(outside)
    assert "leads out of the recipe's folder" in refused(recipe_folder)


def test_a_mapping_that_does_not_exist_is_named(recipe_folder):
    edited(recipe_folder / "recipe.yaml", ("mapping: mapping.yaml", "mapping: no_such_mapping"))
    assert "'no_such_mapping'" in refused(recipe_folder)


def test_a_source_that_does_not_exist_is_named(recipe_folder):
    (recipe_folder / "source.csv").unlink()
    assert "source.csv" in refused(recipe_folder)
