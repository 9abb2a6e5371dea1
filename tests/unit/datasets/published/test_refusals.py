import pytest

from evenhand.datasets.published.refusals import shown


@pytest.mark.parametrize("code", ["QK1", "h", "[c]", "Non-binary", "-3", "12.5%", "1,234"])
def test_a_short_code_is_shown(code):
    assert shown(code) == repr(code)


@pytest.mark.parametrize("text", ["Jane Doe", "x" * 17, "line\nend", "née"])
def test_free_text_is_told_by_its_length_alone(text):
    assert shown(text) == f"a text of {len(text)} characters"


def test_a_blank_cell_is_called_so():
    assert shown("") == "a blank cell"
