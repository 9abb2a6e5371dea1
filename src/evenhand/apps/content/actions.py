"""Writes to pages."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from evenhand.apps.content.models import HomePage, InformationPage
from evenhand.apps.core.actions import record
from evenhand.apps.users.models import User

TEXTS = Path(__file__).parent / "starting_pages"


@dataclass(frozen=True, slots=True)
class StartingPage:
    """A page that every site has from its first day; people change it from then on."""

    title: str
    slug: str
    description: str

    @property
    def text(self) -> str:
        return (TEXTS / f"{self.slug.replace('-', '_')}.html").read_text("utf-8")


def starting_pages() -> tuple[StartingPage, ...]:
    """The pages in the order in which they are listed."""
    return (
        StartingPage(
            title=_("How we protect small groups"),
            slug="how-we-protect-small-groups",
            description=_("Why some numbers are hidden, how it is decided, and how you can check it."),
        ),
        StartingPage(
            title=_("Accessibility statement"),
            slug="accessibility-statement",
            description=_("What we do so that everybody can use this site, and what does not work yet."),
        ),
    )


@transaction.atomic
def create_starting_pages(*, by: User) -> tuple[InformationPage, ...]:
    """Make the pages that are not there yet, under the home page of the default site. A page that stands is left as it
    is, whatever people have made of it."""
    home = _home_page(by)
    present = set(home.get_children().values_list("slug", flat=True))
    return tuple(_create(page, home, by) for page in starting_pages() if page.slug not in present)


def _create(page: StartingPage, home: HomePage, by: User) -> InformationPage:
    made = InformationPage(
        title=page.title,
        slug=page.slug,
        search_description=page.description,
        show_in_menus=True,
        owner=by,
        body=[("text", page.text)],
    )
    home.add_child(instance=made)
    made.save_revision(user=by).publish(user=by)
    record(what="page_created", target=made, by=by, details={"slug": page.slug})
    return made


def _home_page(by: User) -> HomePage:
    """The default site's home page, in the place of Wagtail's welcome page."""
    site = Site.objects.get(is_default_site=True)
    if isinstance(site.root_page.specific, HomePage):
        return site.root_page.specific
    welcome = site.root_page
    home = HomePage(title=_("Home"), slug="start", owner=by)
    Page.get_first_root_node().add_child(instance=home)
    site.root_page, site.site_name = home, "Evenhand"
    site.save()
    if not welcome.get_children().exists():
        welcome.delete()
    record(what="home_page_created", target=home, by=by)
    return home
