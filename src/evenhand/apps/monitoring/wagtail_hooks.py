"""The area for releases in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.urls.resolvers import URLResolver
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from evenhand.apps.monitoring import urls
from evenhand.apps.monitoring.permissions import Permission


class ReleasesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(Permission.VIEW)


@hooks.register("register_admin_urls")
def release_urls() -> list[URLResolver]:
    return [path("releases/", include(urls))]


@hooks.register("register_admin_menu_item")
def release_menu_item() -> MenuItem:
    return ReleasesMenuItem(_("Releases"), reverse("releases:list"), icon_name="table", order=150)


@hooks.register("register_permissions")
def release_permissions() -> object:
    """The permissions that an administrator can give to a group."""
    from django.contrib.auth.models import Permission as DjangoPermission

    return DjangoPermission.objects.filter(content_type__app_label="monitoring", content_type__model="release")
