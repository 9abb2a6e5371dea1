"""All addresses: the public account at the root, the editors' admin, and what they wrote last."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("evenhand.apps.core.urls")),
    path("", include("evenhand.apps.accountability.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Pictures alone: a document goes through Wagtail's own view, which asks who may see it.
    path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"}),
    path("", include(wagtail_urls)),
]
