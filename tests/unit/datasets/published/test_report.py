from tests.unit.datasets.published.published_example import TABLE, read

from evenhand.datasets.published.report import FileRead, ReadingReport, RowsApart


def test_every_row_ends_in_exactly_one_place(tmp_path):
    report = read(tmp_path, TABLE + "2023/24,Detentions,Ethnicity,Nobody,ICB,Q1,Soar Valley,5,\n").report
    assert (report.rows_read, report.rows_loaded, report.rows_left_out, report.rows_set_aside) == (8, 5, 2, 1)
    assert [(each.name, each.sheet, each.rows) for each in report.files] == [("table.csv", "", 8)]


def test_the_report_reads_as_sentences(tmp_path):
    report = read(tmp_path, TABLE + "2023/24,Detentions,Ethnicity,Nobody,ICB,Q1,Soar Valley,5,\n").report
    assert report.sentences() == (
        "8 rows read from table.csv: 5 loaded as 5 figures, 2 left out as the mapping says, 1 set aside.",
        ("Set aside: 1 row, because the label does not belong to the breakdown 'Ethnicity' (found 'Nobody'): line 9."),
        "Left out: 1 row, a breakdown that the mapping does not load.",
        "Left out: 1 row, a measure that the mapping does not name.",
    )


def test_neighbouring_lines_are_told_as_runs():
    assert RowsApart("why", "t.csv", (2, 5, 6, 7, 9)).lines_in_words == "2, 5-7, 9"
    assert RowsApart("why", "t.csv", ()).lines_in_words == ""


def test_many_codes_are_cut_short_and_none_are_not_mentioned():
    codes = tuple(f"'{number}'" for number in range(12))
    report = ReadingReport(
        mapping="example",
        files=(FileRead("t.csv", "", 3), FileRead("u.csv", "", 0)),
        rows_read=3,
        rows_loaded=1,
        observations=1,
        set_aside=(RowsApart("it is odd", "t.csv", (2,), codes),),
        remarked=(RowsApart("it repeats", "t.csv", (3, 4)),),
    )
    _, set_aside, remarked = report.sentences()
    assert "(found '0', '1', '2', '3', '4', '5', '6', '7' …): line 2." in set_aside
    assert remarked == "Loaded, but look: 2 rows of t.csv, because it repeats: lines 3-4."


def test_measures_without_any_figure_are_named(tmp_path):
    values = [{"values": [name], "id": name.lower()} for name in ("Detentions", "Orders", "Discharges")]
    report = read(tmp_path, measure={"columns": ["Measure"], "values": values}).report
    assert report.measures_not_found == ("discharges", "orders")
    assert "Not found: discharges, orders." in report.sentences()
