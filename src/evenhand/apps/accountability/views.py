"""The public pages: load, presenter, render."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.apps.accountability.presenters import lists
from evenhand.apps.accountability.presenters.definitions import definition_page
from evenhand.apps.accountability.presenters.home import home_page
from evenhand.apps.accountability.presenters.indicator import indicator_page
from evenhand.apps.accountability.presenters.organisation import organisation_page
from evenhand.apps.accountability.presenters.places import Place, in_order, place
from evenhand.apps.accountability.presenters.releases import newest_first, release_page
from evenhand.apps.accountability.queries import defined, indicator_in_place
from evenhand.apps.monitoring import queries
from evenhand.indicators import catalogue

_LATELY = 5  # releases on Home


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three sentences, three doors, what changed lately."""
    said = home_page(places(), queries.stated_figures(), queries.indicators())
    lately = newest_first(queries.releases())[:_LATELY]
    return render(request, "accountability/home.html", {"home": said, "lately": lately})


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every measure as the question it answers: those that have figures, then those that have none."""
    observations = queries.observations()
    context = {
        "section": "figures",
        "domains": lists.figures(queries.indicators(), observations, places()),
        "unanswered": lists.unanswered(catalogue(), observations),
    }
    return render(request, "accountability/figures.html", context)


@require_safe
def indicator_anywhere(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """The measure where a reader finds most of it: a local place, else the country; else what it would count."""
    observations = queries.observations(indicator=indicator_id)
    if found := lists.most_told(lists.places_of(observations, places()), observations):
        return redirect("indicator", indicator_id=indicator_id, code=found[0].code)
    indicator = defined(indicator_id)
    if indicator is None:
        raise Http404
    page = definition_page(indicator, today=timezone.localdate())
    return render(request, "accountability/definition.html", {"section": "figures", "page": page})


@require_safe
def indicator(request: HttpRequest, indicator_id: str, code: str) -> HttpResponse:
    """One measure in one place."""
    found = indicator_in_place(indicator_id, code)
    if found is None:
        raise Http404
    page = indicator_page(found, address=request.build_absolute_uri(), today=timezone.localdate())
    elsewhere = lists.places_of(queries.observations(indicator=indicator_id), places())
    context = {"section": "figures", "page": page, "places": elsewhere}
    return render(request, "accountability/indicator.html", context)


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every place and body that figures are about."""
    context = {"section": "organisations", "levels": lists.by_level(places())}
    return render(request, "accountability/organisations.html", context)


@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """What the figures show of one organisation."""
    here = next((each for each in places() if each.code == code), None)
    if here is None:
        raise Http404
    stated = queries.stated_figures(organisation=code)
    page = organisation_page(here, stated, queries.indicators(), queries.quality(organisation=code))
    return render(request, "accountability/organisation.html", {"section": "organisations", "page": page})


@require_safe
def data_quality(request: HttpRequest) -> HttpResponse:
    """How complete the recording of ethnicity is, everywhere."""
    page = lists.data_quality(queries.quality(), queries.indicators(), places())
    return render(request, "accountability/data_quality.html", {"section": "data-quality", "page": page})


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Every release that was ever put here."""
    context = {"section": "releases", "releases": newest_first(queries.releases())}
    return render(request, "accountability/releases.html", context)


@require_safe
def release(request: HttpRequest, name: str) -> HttpResponse:
    """One release: its downloads and its certificate in plain words."""
    found = queries.release(name)
    if found is None:
        raise Http404
    context = {"section": "releases", "page": release_page(found)}
    return render(request, "accountability/release.html", context)


def places() -> list[Place]:
    """The places that figures in force are about, in the order in which lists show them."""
    return in_order([place(listed) for listed in queries.organisations()])
