import pytest

from evenhand.datasets.published.file_shape import FileShape
from evenhand.datasets.published.limits import Limits
from evenhand.datasets.published.text_tables import read_text
from evenhand.errors import InputRefused


def rows(data, *, limits=None, **shape):
    return read_text(data, FileShape(**shape), name="table.csv", limits=limits or Limits()).rows


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_every_line_end_gives_the_same_rows_and_lines(line_end):
    assert rows(line_end.join(["a,b", "1,2", "3,4"]).encode()) == [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"])]


def test_a_cell_over_two_lines_counts_by_its_first():
    assert rows(b'a,"two\nlines",c\nd,e,f\n') == [(1, ["a", "two\nlines", "c"]), (3, ["d", "e", "f"])]


def test_a_byte_order_mark_is_no_part_of_the_first_header():
    assert rows(b"\xef\xbb\xbfPeriod,Value\n")[0] == (1, ["Period", "Value"])


def test_spaces_around_a_cell_are_not_its_content():
    assert rows(b" a ;\t1\n", delimiter=";") == [(1, ["a", "1"])]


def test_cp1252_is_read_where_the_mapping_allows_it_and_utf_8_does_not_fit():
    data = "Café,’\n".encode("cp1252")
    assert rows(data, encodings=("utf-8", "cp1252")) == [(1, ["Café", "’"])]
    with pytest.raises(InputRefused, match=r"is not utf-8 text \(byte 3 does not fit\)"):
        rows(data)


def test_a_byte_that_no_encoding_of_the_mapping_has_is_refused():
    with pytest.raises(InputRefused, match="is not utf-8 or cp1252 text"):
        rows(b"a\x81b", encodings=("utf-8", "cp1252"))


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x7f"])
def test_a_control_character_is_refused_with_its_line(sign):
    with pytest.raises(InputRefused, match=rf"line 3: holds the control character U\+{ord(sign):04X}"):
        rows(f"a\r\nb\r\nc{sign}d\r\n".encode())


def test_a_quote_that_is_never_closed_is_refused_with_its_line():
    with pytest.raises(InputRefused, match="line 2: cannot be divided into cells"):
        rows(b'a,b\n1,"2\n3,4\n')


def test_more_rows_than_the_limit_are_refused():
    assert len(rows(b"a\n1\n2\n", limits=Limits(rows=3))) == 3
    with pytest.raises(InputRefused, match="has more than 2 rows"):
        rows(b"a\n1\n2\n", limits=Limits(rows=2))


def test_more_cells_than_the_limit_are_refused():
    with pytest.raises(InputRefused, match="has more than 3 cells"):
        rows(b"a,b\n1,2\n", limits=Limits(cells=3))


def test_a_cell_that_is_a_book_is_refused():
    with pytest.raises(InputRefused, match="line 2: has a cell longer than 5 characters"):
        rows(b"a\nsecret\n", limits=Limits(cell_characters=5))
