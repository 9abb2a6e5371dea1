"""What was loaded comes back as its release states it, and what was replaced or withdrawn is silent."""

import io
import math
import zipfile
from dataclasses import replace

import pytest

from evenhand.apps.monitoring import queries, storage
from evenhand.apps.monitoring.actions import load_release, withdraw_release
from evenhand.apps.monitoring.models import Release, State
from evenhand.apps.monitoring.rows import figure_columns, observation_of
from evenhand.apps.monitoring.storage import FileDamaged
from evenhand.publication.reading import read_release

NAME = "nhs-england-2023-24-1"


@pytest.fixture(scope="session")
def sealed(release_folder):
    return read_release(release_folder)


def test_every_figure_comes_back_as_the_release_states_it(loaded, sealed):
    assert queries.observations() == sealed.observations
    assert queries.quality() == sealed.quality


def test_the_release_comes_back_whole(loaded, sealed):
    (found,) = queries.releases()
    assert (found.package, found.certificate, found.indicators) == (
        sealed.package,
        sealed.certificate,
        sealed.indicators,
    )
    assert found == queries.release(NAME)
    assert (found.name, found.is_current, found.replaced_by, found.withdrawn_because) == (NAME, True, None, "")
    assert queries.release("another") is None


def test_figures_are_found_by_indicator_and_by_organisation(loaded, sealed):
    expected = [
        figure
        for figure in sealed.observations
        if (figure.indicator, figure.organisation.code) == ("detention", "E92000001")
    ]
    assert list(queries.observations(indicator="detention", organisation="E92000001")) == expected
    assert queries.observations(indicator="detention", organisation="nobody") == ()
    (stated,) = queries.stated_figures(organisation="QK1")
    assert stated.release.name == NAME
    assert {figure.organisation.code for figure in stated.observations} == {"QK1"}
    assert {row.organisation.code for row in queries.quality(organisation="E92000001")} == {"E92000001"}


def test_a_page_of_one_indicator_asks_the_database_little(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        queries.observations(indicator="detention")


def test_definitions_and_organisations_are_those_of_the_figures(loaded, sealed):
    assert {indicator.id for indicator in queries.indicators()} == {figure.indicator for figure in sealed.observations}
    detention = queries.indicator("detention")
    assert detention is not None
    assert detention.title
    assert queries.indicator("unheard_of") is None
    listed = {each.organisation.code: each for each in queries.organisations()}
    assert set(listed) == {figure.organisation.code for figure in sealed.observations}
    assert (listed["E92000001"].kind, listed["RT5"].kind) == ("area", "care")
    assert not listed["RT5"].invented


@pytest.mark.parametrize("silence", ["replaced", "withdrawn"])
def test_a_release_that_no_longer_speaks_is_listed_and_silent(silence, loaded, second_revision, release_manager):
    if silence == "withdrawn":
        withdraw_release(release=loaded, reason="A count was wrong.", by=release_manager)
        expected = ()
    else:
        load_release(directory=second_revision, by=release_manager)
        expected = ("nhs-england-2023-24-2",)
    assert tuple(stated.release.name for stated in queries.stated_figures()) == expected
    assert bool(queries.indicators()) == bool(queries.organisations()) == bool(queries.quality()) == bool(expected)
    found = queries.release(NAME)
    assert found is not None
    assert not found.is_current
    assert found.replaced_by == (expected[0] if expected else None)
    assert found.withdrawn_because == ("" if expected else "A count was wrong.")


def test_where_two_releases_state_the_same_breakdown_the_later_speaks_for_all_of_it(
    loaded, make_folder, release_manager
):
    other = make_folder(
        ("organisation: {code: NHS-England, name: NHS England", "organisation: {code: QK2, name: Another body"),
        ("indicators: [detention, detention_standardised, community_treatment_order]", "indicators: [detention]"),
    )
    load_release(directory=other, by=release_manager)
    stated = {figures.release.name: figures.observations for figures in queries.stated_figures()}
    assert {figure.indicator for figure in stated["qk2-2023-24-1"]} == {"detention"}
    assert {figure.indicator for figure in stated[NAME]} == {"detention_standardised", "community_treatment_order"}
    assert len(queries.observations()) == len(read_release(storage.folder_of(NAME)).observations)


def test_a_definition_keeps_the_versions_of_every_release_in_force(loaded):
    newer = queries.indicator("detention")
    assert newer is not None
    (version,) = newer.versions
    earlier = replace(version, valid_from=version.valid_from.replace(year=1990), valid_to=version.valid_from)
    overlapping = replace(newer, versions=(earlier,))
    assert queries._joined(overlapping, newer).versions == newer.versions
    before = replace(earlier, valid_to=version.valid_from.replace(year=1991))
    assert queries._joined(replace(newer, versions=(before,)), newer).versions == (before, version)
    assert queries._joined(newer, replace(newer, versions=(before,))).versions == (before, version)


def test_an_estimate_without_an_interval_and_one_without_end_come_back_as_they_were(loaded):
    row = next(figure for figure in loaded.figures.select_related("organisation") if figure.value is not None)
    before = observation_of(row)
    open_ended = replace(before.value, upper=math.inf, upper_with_rounding=math.inf)
    none = dict.fromkeys(("lower", "upper", "lower_with_rounding", "upper_with_rounding"), math.nan)
    for value in (open_ended, replace(before.value, **none)):
        copy = type(row)(release=loaded, organisation=row.organisation, position=9_999, **figure_columns(before))
        for name, content in figure_columns(replace(before, value=value, group=f"{value.upper}")).items():
            setattr(copy, name, content)
        copy.position += 1 if math.isinf(value.upper) else 0
        copy.save()
        back = observation_of(type(row).objects.select_related("organisation").get(pk=copy.pk)).value
        assert repr(back) == repr(value)


class TestDownloads:
    def test_a_file_is_handed_out_as_it_was_stored(self, loaded, release_folder):
        found = queries.release(NAME)
        for file in release_folder.iterdir():
            assert queries.file_content(release=found, name=file.name) == file.read_bytes()
        assert queries.file_content(release=found, name="../secret-key") is None

    @pytest.mark.parametrize("damage", ["changed", "gone", "longer"])
    def test_a_stored_file_that_was_tampered_with_is_not(self, damage, loaded):
        path = storage.folder_of(NAME) / "observations.csv"
        before = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(before.replace(b"1", b"2", 1) if damage == "changed" else before + b"\n")
        if damage == "gone":
            path.unlink()
        found = queries.release(NAME)
        with pytest.raises(FileDamaged, match=r"observations\.csv of release nhs-england-2023-24-1 is not the file"):
            queries.file_content(release=found, name="observations.csv")
        with pytest.raises(FileDamaged):
            queries.whole_package(found)

    def test_the_whole_package_can_be_unpacked_and_verifies(self, loaded, tmp_path, sealed):
        found = queries.release(NAME)
        package = queries.whole_package(found)
        assert package == queries.whole_package(found)
        zipfile.ZipFile(io.BytesIO(package)).extractall(tmp_path)
        assert read_release(tmp_path / NAME).observations == sealed.observations

    def test_stored_files_are_read_only(self, loaded):
        modes = {path.stat().st_mode & 0o777 for path in storage.folder_of(NAME).iterdir()}
        assert modes == {0o444}


def test_the_register_says_who_loaded_and_who_withdrew(loaded, release_manager):
    (entry,) = queries.register()
    assert (entry.loaded_by, entry.withdrawn_by, entry.is_withdrawn) == ("Rae Lees", "", False)
    withdraw_release(release=Release.objects.get(), reason="wrong", by=release_manager)
    (entry,) = queries.register()
    assert (entry.state, entry.withdrawn_by, entry.withdrawn_because) == (State.WITHDRAWN, "Rae Lees", "wrong")
