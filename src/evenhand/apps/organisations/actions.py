"""Writes to organisations."""

from django.db import transaction

from evenhand.apps.core.actions import record
from evenhand.apps.organisations.models import Organisation
from evenhand.apps.users.models import User
from evenhand.datasets.observations import Organisation as Named
from evenhand.errors import InputRefused


class OrganisationDiffers(InputRefused):
    """A code that is known here is used for something else."""


@transaction.atomic
def establish(*, organisation: Named, invented: bool, by: User) -> Organisation:
    """The organisation of that code; made when it is new. A name once known stays: publishers spell it in many ways.

    Raises:
        OrganisationDiffers: the code is known with another level, or a real one is used for invented figures or the
            other way about.
    """
    known, is_new = Organisation.objects.get_or_create(
        code=organisation.code,
        defaults={"name": organisation.name, "level": organisation.level.value, "invented": invented},
    )
    if is_new:
        record(what="organisation_added", target=known, by=by, details={"code": known.code})
        return known
    if known.level != organisation.level.value:
        raise OrganisationDiffers(
            f"organisation {organisation.code}: its level is given as {organisation.level.value}; here it is "
            f"{known.level}. A code stands for one organisation at one level."
        )
    if known.invented != invented:
        kinds = ("real", "invented")
        raise OrganisationDiffers(
            f"organisation {organisation.code}: these figures are {kinds[invented]}, and the organisation known here "
            f"by that code is {kinds[known.invented]}. Give the invented one a code of its own."
        )
    return known
