import pytest
from tests.unit.datasets.published.published_example import TABLE, counts, read

from evenhand.datasets.counts import CellStatus
from evenhand.errors import InputRefused


def test_suppressed_unknown_and_zero_stay_apart_from_end_to_end(tmp_path):
    table = TABLE.replace(",25,\n", ",25,\n2023/24,Detentions,Ethnicity,Mixed,ICB,Q1,Soar Valley,0,\n")
    table += "2023/24,Detentions,Ethnicity,Asian,ICB,Q1,Soar Valley,,\n"
    reading = read(tmp_path, table)
    statuses = {each.group: each.count.status for each in reading.observations if each.organisation.code == "Q1"}
    assert statuses == {
        "white": CellStatus.PUBLISHED,
        "black": CellStatus.SUPPRESSED,
        "mixed": CellStatus.PUBLISHED,
        "asian": CellStatus.UNKNOWN,
    }
    assert counts(reading)[("Q1", "mixed")] == 0


def test_observations_know_their_line(tmp_path):
    assert [each.line for each in read(tmp_path).observations] == [2, 3, 4, 5, 6]


def test_a_table_of_which_little_fits_is_another_table(tmp_path):
    table = TABLE.replace("Ethnicity,White", "Ethnicity,1").replace("Ethnicity,Black", "Ethnicity,2")
    with pytest.raises(InputRefused, match=r"4 of 7 rows do not fit the mapping example; most often because the label"):
        read(tmp_path, table, limits={"set_aside_share": 0.5})


def test_a_table_without_any_figure_that_is_asked_for_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="has rows, but no figure that the mapping example asks for"):
        read(tmp_path, TABLE.replace("Detentions", "Discharges"))
