"""Reads of pages."""

from dataclasses import dataclass

from wagtail.models import Site

from evenhand.apps.content.models import InformationPage


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page as a menu shows it. ``address`` is its path on this site."""

    title: str
    slug: str
    address: str
    description: str


def menu() -> tuple[PageLink, ...]:
    """The published pages that menus show, in the order in which editors put them."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return ()
    pages = InformationPage.objects.live().public().in_menu().descendant_of(site.root_page).order_by("path")
    return tuple(PageLink(page.title, page.slug, page.url, page.search_description) for page in pages)
