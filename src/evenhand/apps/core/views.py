from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evenhand.apps.core.queries import database_answers


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """For the machine that watches the site: 200 while the database answers, 503 when it does not."""
    try:
        well = database_answers()
    except DatabaseError:
        well = False
    return HttpResponse("ok\n" if well else "the database does not answer\n", "text/plain", 200 if well else 503)
