"""`evenhand stats`: lists, describes and runs the methods; results on standard output, everything else beside them."""

import csv
import io
import sys

import pytest

from evenhand import cli
from evenhand.stats.methods import METHODS

TABLE = """area,ethnicity,detained,people
Leeds,White British,120,"60,000"
Leeds,Black,40,5000
Leeds,Asian,30,*
York,White British,80,40000
York,Black,NA,900
York,Asian,0,1200
"""
COLUMNS = ("--columns", "events=detained,population=people", "--columns", "group=ethnicity", "--by", "area")
REFERENCE = ("--set", "reference=White British")


@pytest.fixture
def evenhand(monkeypatch, capsys, tmp_path):
    """Runs the command in a folder with the table; gives exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "counts.csv").write_text(TABLE, "utf-8")

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["evenhand", "stats", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = capsys.readouterr()
        return end.value.code or 0, captured.out, captured.err

    return run


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_alone_it_lists_every_method_and_so_does_its_help(evenhand):
    for arguments in ((), ("--help",)):
        code, out, err = evenhand(*arguments)
        assert (code, err) == (0, "")
        assert set(METHODS) <= set(out.split())


def test_with_a_method_it_says_what_the_method_takes(evenhand):
    code, out, _ = evenhand("rate-gap")
    assert code == 0
    assert "  events " in out
    assert "  reference " in out


def test_a_method_runs_on_a_file(evenhand):
    code, out, err = evenhand("rate-gap", "counts.csv", *COLUMNS, *REFERENCE, "--set", "per=1000")
    found = {(row["area"], row["ethnicity"], row["result"]): row for row in rows(out)}
    assert (code, err, len(found)) == (0, "", 18)
    black = found["Leeds", "Black", "difference"]
    assert (black["value"], black["unit"], black["reference"], black["status"]) == (
        "6",
        "per 1,000",
        "White British",
        "given",
    )
    assert found["York", "Asian", "ratio"]["value"] == "0"
    hidden, missing = found["Leeds", "Asian", "ratio"], found["York", "Black", "ratio"]
    assert (hidden["value"], hidden["status"]) == ("", "a number that it needs is hidden")
    assert (missing["value"], missing["status"]) == ("", "a number that it needs is missing")


def test_figures_are_rounded_where_asked(evenhand):
    _, out, _ = evenhand("rate-gap", "counts.csv", *COLUMNS, *REFERENCE, "--digits", 3)
    black = next(row for row in rows(out) if (row["ethnicity"], row["result"]) == ("Black", "ratio"))
    assert (black["value"], black["lower"], black["upper"]) == ("4", "2.73", "5.74")


def test_it_reads_standard_input_and_writes_a_file(evenhand, tmp_path):
    out_file = tmp_path / "result.csv"
    arguments = ("rate-gap", "-", *COLUMNS, *REFERENCE)
    code, out, err = evenhand(*arguments, "--out", out_file, stdin=TABLE.encode())
    assert (code, out, err) == (0, "", "")
    assert out_file.read_text("utf-8") == evenhand("rate-gap", "counts.csv", *COLUMNS, *REFERENCE)[1]
    assert evenhand(*arguments, "--out", out_file, stdin=TABLE.encode())[0] == 0


def test_where_each_row_stands_for_itself_the_other_columns_are_carried_or_some_of_them(evenhand):
    columns = ("--columns", "events=detained,population=people")
    for by, carried in (((), ["area", "ethnicity"]), (("--by", "ethnicity"), ["ethnicity"])):
        _, out, _ = evenhand("rate", "counts.csv", *columns, *by)
        assert out.partition(",result,")[0].split(",") == carried


def test_what_a_reader_must_know_besides_goes_to_standard_error(evenhand):
    series = "period,value\n" + "".join(f"{month},{month % 3}\n" for month in range(1, 13))
    code, out, err = evenhand("xmr", "-", "--set", "minimum_points=5", stdin=series.encode())
    assert (code, len(rows(out))) == (0, 12)
    assert err.startswith("12: ")


def test_an_order_is_given_as_labels_with_commas_between(evenhand):
    groups = b"group,value,standard_error,population\nlow,1,1,5\nhigh,2,1,5\n"
    _, out, _ = evenhand("slope-index", "-", "--order", "low, high", stdin=groups)
    assert rows(out)[0]["value"] == "2"
    _, out, _ = evenhand("slope-index", "-", "--order", "high,low", stdin=groups)
    assert rows(out)[0]["value"] == "-2"


REFUSED = {
    "an unknown method": (("rate-gaps", "counts.csv"), "method: found 'rate-gaps'; perhaps rate-gap"),
    "an unknown method to describe": (
        ("gini",),
        "method: found 'gini'; one of those that `evenhand stats` lists is right",
    ),
    "no such file": (("rate", "count.csv"), "count.csv: cannot be read (No such file or directory)"),
    "no reference": (("rate-gap", "counts.csv", *COLUMNS), "reference: found none; the label of a group"),
    "no column": (
        ("rate", "counts.csv"),
        "columns: found none for 'events' (how many times it happened); events=COLUMN",
    ),
    "a misspelt column": (
        ("rate", "counts.csv", "--columns", "events=detaned,population=people"),
        "column: found no 'detaned' in the table; it has area, ethnicity, detained, people",
    ),
    "a column of words": (
        ("rate", "counts.csv", "--columns", "events=area,population=people"),
        "column 'area': lines 2, 3, 4, 5, 6 and 7 are not a number",
    ),
    "no pair": (("rate", "counts.csv", "--columns", "detained"), "columns: found 'detained'; ROLE=COLUMN is right"),
    "an option that is no pair": (("rate", "counts.csv", "--set", "per"), "set: found 'per'; NAME=VALUE is right"),
    "two rows for one group": (
        ("rate-gap", "counts.csv", *COLUMNS[:-2], *REFERENCE),
        "table: lines 2 and 5 have the same ethnicity; one row for each is right",
    ),
    "a folder that is not there": (
        ("rate-gap", "counts.csv", *COLUMNS, *REFERENCE, "--out", "none/result.csv"),
        "none/result.csv: cannot be written (No such file or directory)",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_used_is_one_message_and_exit_code_2(kind, evenhand, tmp_path):
    arguments, says = REFUSED[kind]
    before = sorted(tmp_path.iterdir())
    code, out, err = evenhand(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"evenhand: {says}")
    assert err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_the_table_itself_is_not_written_over(evenhand, tmp_path):
    code, _, err = evenhand("rate-gap", "counts.csv", *COLUMNS, *REFERENCE, "--out", tmp_path / "counts.csv")
    assert (code, err) == (2, f"evenhand: {tmp_path / 'counts.csv'}: is the table itself; another file is right\n")
    assert (tmp_path / "counts.csv").read_text("utf-8") == TABLE


def test_a_wrong_cell_is_never_repeated(evenhand):
    name = "Jane Doe of Mill Lane"
    table = TABLE.replace("120", name)
    _, _, err = evenhand("rate-gap", "-", *COLUMNS, *REFERENCE, stdin=table.encode())
    assert err.startswith("evenhand: column 'detained': line 2 is not a number;")
    assert "Jane" not in err
