"""Reads of organisations."""

from evenhand.apps.organisations.models import Organisation
from evenhand.datasets.observations import Organisation as Named
from evenhand.datasets.observations import OrganisationLevel


def named(organisation: Organisation) -> Named:
    """The organisation as figures carry it."""
    return Named(organisation.code, organisation.name, OrganisationLevel(organisation.level))
