from evenhand.charts.lettering import in_lines, width_in_ems


def test_words_are_broken_between_words_alone():
    assert in_lines("Soar Valley Partnership Trust", 17) == ("Soar Valley", "Partnership Trust")


def test_a_word_longer_than_a_line_has_a_line_of_its_own():
    assert in_lines("of Leicestershire and", 6) == ("of", "Leicestershire", "and")


def test_no_words_need_no_line():
    assert in_lines("  ", 10) == ()


def test_the_width_of_words_grows_with_their_letters():
    assert width_in_ems("") == 0
    assert width_in_ems("Jan 2024") == 8 * width_in_ems("J")
