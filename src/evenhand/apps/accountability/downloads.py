"""What readers take away: the files of a release as they were stored, its whole package, a chart as a drawing."""

import logging
import re
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.apps.accountability.presenters.indicator import indicator_page
from evenhand.apps.accountability.queries import indicator_in_place
from evenhand.apps.monitoring import queries
from evenhand.apps.monitoring.queries import LoadedRelease
from evenhand.apps.monitoring.storage import FileDamaged
from evenhand.charts.standalone import Palette, standalone_svg
from evenhand.charts.standalone_planes import standalone_plane_svg

logger = logging.getLogger(__name__)
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")


View = Callable[..., HttpResponse]


def refusing_damaged_files(view: View) -> View:
    """A stored file that is not what was stored is not handed out; who runs the site reads why in the log."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except FileDamaged as damage:
            logger.error("%s", damage)
            return render(request, "500.html", status=503)

    return answer


@require_safe
@refusing_damaged_files
def file(request: HttpRequest, name: str, file: str) -> HttpResponse:
    """One file of a release, checked against its digest on the way."""
    content = queries.file_content(release=_in_force_or_replaced(name), name=file)
    if content is None:
        raise Http404
    kind = _TYPES[file.rpartition(".")[2]]
    return HttpResponse(content, kind, headers=_attachment(f"{name}-{file}"))


@require_safe
@refusing_damaged_files
def package(request: HttpRequest, name: str) -> HttpResponse:
    """The whole release as one ZIP."""
    content = queries.whole_package(_in_force_or_replaced(name))
    return HttpResponse(content, "application/zip", headers=_attachment(f"{name}.zip"))


@require_safe
def drawing(request: HttpRequest, indicator_id: str, code: str, chart: str) -> HttpResponse:
    """A chart of an indicator page as a drawing of fixed size."""
    found = indicator_in_place(indicator_id, code)
    page = indicator_page(found, address="", today=timezone.localdate()) if found else None
    drawn = {
        **{each.identifier: partial(standalone_svg, each) for each in (page.charts if page else ())},
        **{each.identifier: partial(standalone_plane_svg, each) for each in (page.planes if page else ())},
    }
    if chart not in drawn:
        raise Http404
    filename = f"{indicator_id}-{code}-{chart}.svg"
    return HttpResponse(drawn[chart](house_palette()), "image/svg+xml", headers=_attachment(filename))


def house_palette() -> Palette:
    """The colours of the pages, read from the one place that holds them."""
    tokens = Path(finders.find("tokens.css") or "tokens.css").read_text("utf-8")
    found: dict[str, str] = {}
    for token, value in _TOKEN.findall(tokens):
        found.setdefault(token, value.strip())  # the first of each; later ones are for forced colours and for print
    return Palette(
        paper=found["paper"],
        ink=found["ink"],
        ink_2=found["ink-2"],
        accent=found["accent"],
        rule_strong=found["rule-strong"],
        rule=found["rule"],
        font=found["sans"],
    )


def _in_force_or_replaced(name: str) -> LoadedRelease:
    """The release of that name; one that was withdrawn is not handed out."""
    release = queries.release(name)
    if release is None or release.withdrawn_at is not None:
        raise Http404
    return release


def _attachment(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filename}"'}
