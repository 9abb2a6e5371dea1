"""The control chart and the funnel as pages set them: a labelled figure with words for all of it."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from tests.unit.charts.series_example import Kind, control_example, funnel_example, series

from evenhand.charts.readings import Break

KINDS = {3: Kind.SPECIAL, 5: Kind.HIDDEN, 7: Kind.NOT_RECORDED}
CONTROL = control_example(series([50] * 40, KINDS), breaks=[Break(9, "New form")])
FUNNEL = funnel_example()


def control(chart=CONTROL) -> str:
    return render_to_string("components/control_chart.html", {"chart": chart})


def funnel(chart=FUNNEL) -> str:
    return render_to_string("components/funnel_chart.html", {"chart": chart})


@pytest.mark.parametrize(("page", "chart"), [(control(), CONTROL), (funnel(), FUNNEL)], ids=["control chart", "funnel"])
def test_the_figure_is_labelled_and_its_drawing_is_replaced_by_words(page, chart):
    assert f'aria-labelledby="{chart.identifier}-title"' in page
    assert f'id="{chart.identifier}-title">{chart.words.title}</h3>' in page
    assert f'<p class="visually-hidden">{chart.alternative}</p>' in page
    assert re.search(r'<div class="plane[^"]*"\s+aria-hidden="true">', page)
    outside = re.sub(
        r'<svg (?=[^>]*aria-hidden="true").*?</svg>|<div class="plane.*?(?=<p class)', "", page, flags=re.S
    )
    assert "<svg" not in outside


@pytest.mark.parametrize(("page", "chart"), [(control(), CONTROL), (funnel(), FUNNEL)], ids=["control chart", "funnel"])
def test_all_figures_stand_in_a_table_that_opens(page, chart):
    details = re.search(r"<details>(.*?)</details>", page, flags=re.S)
    assert details
    for row in chart.table.rows:
        assert f'<th scope="row">{row[0]}</th>' in details.group(1)


@pytest.mark.parametrize("page", [control(), funnel()], ids=["control chart", "funnel"])
def test_nothing_carries_a_style_or_a_script_of_its_own(page):
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", page)


def test_marks_below_the_scale_are_set_only_where_there_are_any():
    assert '<svg class="lane"' in control()
    assert '<svg class="lane"' not in control(control_example())
    assert control().count("<pattern ") == 1


def test_the_page_makes_room_for_words_over_the_ground_and_for_many_points():
    assert 'class="plane head-1 dense"' in control()
    assert 'class="plane head-0"' in control(control_example())
    assert 'class="plane head-2"' in funnel()


def test_those_without_a_figure_are_named_below_a_funnel():
    assert "<bdi>Tees</bdi>: <bdi>hidden</bdi>" in funnel()
    assert FUNNEL.words.not_drawn in funnel()
    assert "not-drawn" not in funnel(funnel_example(FUNNEL.organisations[:3]))


def test_names_are_escaped():
    first, *others = FUNNEL.organisations
    page = funnel(funnel_example([replace(first, name="<b>", is_subject=True), *others[:1]]))
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
