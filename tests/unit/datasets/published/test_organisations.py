import pytest
from tests.unit.datasets.published.published_example import TABLE, only, read

from evenhand.datasets.observations import Organisation, OrganisationLevel

HEADER, *ROWS = TABLE.splitlines(keepends=True)


def organisation(folder, row, **changes):
    return only(read(folder, HEADER + row, **changes)).organisation


ROW = "2023/24,Detentions,All,All,ICB,Q1,Soar Valley,55,\n"
WHOLE = (
    "2023/24,Detentions,All,All,ICB,Q1,Soar Valley,55,\n"
    "2023/24,Detentions,Ethnicity,White,{},Q1,Soar Valley,55,\n"
    "2023/24,Detentions,All,All,ICB,Q2,Tent Valley,55,\n"
)


def test_code_name_and_level_stand_in_columns(tmp_path):
    assert organisation(tmp_path, ROW) == Organisation("Q1", "Soar Valley", OrganisationLevel.ICB)


@pytest.mark.parametrize("text", ["Q1", "soar valley"])
def test_a_known_organisation_gets_the_code_that_all_sources_share(tmp_path, text):
    known = {text: {"code": "E54000099", "name": "Soar Valley ICB"}}
    assert organisation(tmp_path, ROW, known_organisations=known) == Organisation(
        "E54000099", "Soar Valley ICB", OrganisationLevel.ICB
    )


def test_a_known_organisation_may_keep_the_name_of_the_source_and_bring_its_own_level(tmp_path):
    known = {"Q1": {"code": "E54000099", "level": "region"}}
    assert organisation(tmp_path, ROW, known_organisations=known) == Organisation(
        "E54000099", "Soar Valley", OrganisationLevel.REGION
    )


def test_without_a_code_the_name_is_the_code_and_the_other_way_round(tmp_path):
    by_name = [{"name": "Name", "level": "trust"}]
    assert organisation(tmp_path, ROW, organisations=by_name).code == "Soar Valley"
    by_code = [{"code": "Code", "level": "trust"}]
    assert organisation(tmp_path, ROW, organisations=by_code).name == "Q1"


def test_the_first_rule_whose_cells_are_filled_holds(tmp_path):
    rules = [{"code": "Rate", "level": "trust"}, {"code": "Code", "name": "Name", "level": "icb"}]
    assert organisation(tmp_path, ROW, organisations=rules, figures={"count": "Count"}).code == "Q1"


def test_all_figures_may_be_about_one_organisation(tmp_path):
    rules = [{"fixed": {"code": "E92000001", "name": "England"}, "level": "country"}]
    assert organisation(tmp_path, ROW, organisations=rules) == Organisation(
        "E92000001", "England", OrganisationLevel.COUNTRY
    )


def test_a_level_that_was_overwritten_is_told_from_one_that_is_new(tmp_path):
    (damaged,) = read(tmp_path, HEADER + WHOLE.format("h")).report.set_aside
    assert damaged.reason == (
        "the level of its organisation is not one of the mapping's, though other rows give the organisation one"
    )
    assert (damaged.lines, damaged.codes) == ((3,), ("'h'",))
    (new,) = read(tmp_path, HEADER + WHOLE.format("ICB") + ROW.replace("ICB,Q1", "Ward,W1")).report.set_aside
    assert (new.reason, new.codes) == ("the level of its organisation is not one of the mapping's", ("'Ward'",))


def test_a_row_without_an_organisation_is_set_aside(tmp_path):
    table = HEADER + WHOLE.format("ICB") + ROW.replace("Q1,Soar Valley", ",")
    (apart,) = read(tmp_path, table).report.set_aside
    assert (apart.reason, apart.lines) == ("it names no organisation", (5,))


def test_an_organisation_keeps_the_first_of_its_names(tmp_path):
    table = HEADER + ROW + ROW.replace("All,All", "Ethnicity,White").replace("Soar Valley", "SOAR VALLEY STP")
    assert {each.organisation.name for each in read(tmp_path, table).observations} == {"Soar Valley"}
