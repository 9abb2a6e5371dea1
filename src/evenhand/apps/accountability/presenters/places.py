"""The places and bodies that figures are about, as pages speak of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.apps.monitoring.queries import ListedOrganisation
from evenhand.apps.organisations.models import Kind, Level
from evenhand.datasets.observations import OrganisationLevel


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation with the words that depend on what it is.

    Attributes:
        where: ``In England``, ``At Leicestershire Partnership NHS Trust``: the start of a sentence.
        level: what it is, in words.
        is_country: figures of the whole country come first on Home, and last where a place is chosen for a reader.
    """

    code: str
    name: str
    where: str
    level: str
    is_country: bool
    invented: bool


def place(listed: ListedOrganisation) -> Place:
    """The organisation as pages speak of it."""
    name = listed.organisation.name
    words = _("In %(place)s") if listed.kind == Kind.AREA else _("At %(place)s")
    return Place(
        code=listed.organisation.code,
        name=name,
        where=words % {"place": name},
        level=str(Level(listed.organisation.level.value).label),
        is_country=listed.organisation.level is OrganisationLevel.COUNTRY,
        invented=listed.invented,
    )


def in_order(places: list[Place]) -> list[Place]:
    """Local places by name, the country after them, invented ones last."""
    return sorted(places, key=lambda place: (place.invented, place.is_country, place.name))
