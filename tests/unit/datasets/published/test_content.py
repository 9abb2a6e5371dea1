import io
import os

import pytest

from evenhand.datasets.published.content import kind_of, read_bytes
from evenhand.datasets.published.file_shape import FileFormat
from evenhand.datasets.published.limits import MIB, Limits
from evenhand.errors import InputRefused


def test_a_file_comes_back_whole_when_it_is_longer_than_one_chunk(tmp_path):
    data = b"a,b\n" * 700_000
    file = tmp_path / "long.csv"
    file.write_bytes(data)
    assert read_bytes(file, limits=Limits()) == data


@pytest.mark.parametrize("line_end", [b"\n", b"\r", b"\r\n"])
def test_a_line_is_measured_across_chunks_whatever_ends_it(tmp_path, line_end):
    file = tmp_path / "table.csv"
    line = b"x" * 900 + line_end
    file.write_bytes(line * (3 * MIB // len(line)))
    assert len(read_bytes(file, limits=Limits(line_bytes=1000))) > 2 * MIB
    with pytest.raises(InputRefused, match="has a line longer than"):
        read_bytes(file, limits=Limits(line_bytes=899))


def test_a_line_that_only_two_chunks_together_make_too_long_is_refused(tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes(b"a\n" * (MIB // 2 - 400) + b"x" * 1600)
    with pytest.raises(InputRefused, match="has a line longer than"):
        read_bytes(file, limits=Limits(line_bytes=1500))


def test_a_file_that_is_too_large_is_refused(tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes(b"a\n" * 600)
    with pytest.raises(InputRefused, match=r"is larger than 0\.000954 MiB"):
        read_bytes(file, limits=Limits(file_bytes=1000))


def test_a_workbook_has_no_lines_to_be_long(tmp_path):
    file = tmp_path / "book.xlsx"
    file.write_bytes(b"PK\x03\x04" + b"x" * 3000)
    assert len(read_bytes(file, limits=Limits(line_bytes=1000))) == 3004


def test_a_large_old_workbook_is_told_by_its_kind_and_not_by_its_lines(tmp_path):
    file = tmp_path / "book.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 3000)
    data = read_bytes(file, limits=Limits(line_bytes=1000))
    with pytest.raises(InputRefused, match=r"old \.xls"):
        kind_of(data, name="book.xls")


def test_a_pipe_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(InputRefused, match="is not a regular file"):
        read_bytes(pipe, limits=Limits())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old .xls or a password-protected"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PAR1", "Parquet"),
        ("a,b".encode("utf-16"), "UTF-16"),
        (b"\xfe\xff\x00a", "UTF-16"),
        (b"\n <!DOCTYPE html><html>", "web page"),
        (b"<?xml version='1.0'?>", "web page or XML"),
        (b"PK\x03\x04 something else", "neither an XLSX nor an ODS"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(data, says):
    with pytest.raises(InputRefused, match=says):
        kind_of(data, name="file")


def test_the_content_tells_the_kind_and_not_the_name():
    assert kind_of(b"a,b\n1,2\n", name="table.xlsx") is FileFormat.CSV
    assert kind_of(b"PK\x03\x04.. xl/workbook.xml", name="table.csv") is FileFormat.XLSX
    ods = io.BytesIO(b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
    assert kind_of(ods.getvalue(), name="table") is FileFormat.ODS
