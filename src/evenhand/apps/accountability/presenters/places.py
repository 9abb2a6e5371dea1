"""The places and bodies that figures are about, as pages speak of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.apps.monitoring.queries import ListedOrganisation
from evenhand.apps.organisations.models import Kind, Level
from evenhand.datasets.observations import Organisation, OrganisationLevel


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation with the words that depend on what it is.

    Attributes:
        name: short: the area that an integrated care board stands for, not the board.
        full_name: as the source writes it.
        where: ``In England``, ``At Leicestershire Partnership NHS Trust``: the start of a sentence.
        level: what it is, in words.
        is_country: figures of the whole country come first on Home, and last where a place is chosen for a reader.
    """

    code: str
    name: str
    full_name: str
    where: str
    level: str
    is_country: bool
    invented: bool


def place(listed: ListedOrganisation) -> Place:
    """The organisation as pages speak of it."""
    name = short_name(listed.organisation)
    return Place(
        code=listed.organisation.code,
        name=name,
        full_name=listed.organisation.name,
        where=_where(listed) % {"place": name},
        level=str(Level(listed.organisation.level.value).label),
        is_country=listed.organisation.level is OrganisationLevel.COUNTRY,
        invented=listed.invented,
    )


def short_name(organisation: Organisation) -> str:
    """*Leicester, Leicestershire and Rutland* for the NHS … Integrated Care Board; other names as they are."""
    if organisation.level is OrganisationLevel.ICB:
        return organisation.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
    return organisation.name


def _where(listed: ListedOrganisation) -> str:
    if listed.organisation.level is OrganisationLevel.POLICE_FORCE:
        return _("In the area of %(place)s")
    return _("In %(place)s") if listed.kind == Kind.AREA else _("At %(place)s")


def in_order(places: list[Place]) -> list[Place]:
    """Local places by name, the country after them, invented ones last."""
    return sorted(places, key=lambda place: (place.invented, place.is_country, place.name))
