"""The site as gunicorn serves it in the journeys, with one thing added: ``?language=ur`` sets a page in Urdu.

Choosing a language comes with the first translation. Until then this shows how a page runs from right to left, with
its words still English.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

from django.utils import translation

from evenhand.web.wsgi import application as site


def application(environment: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A WSGI application around the site's own."""
    asked = parse_qs(environment.get("QUERY_STRING", "")).get("language", ["en-gb"])[0]
    with translation.override(asked):
        return list(site(environment, start_response))
