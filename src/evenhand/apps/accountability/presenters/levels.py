"""What several places of one level are called together."""

from django.utils.translation import gettext_lazy

from evenhand.datasets.observations import OrganisationLevel

_SEVERAL = {
    OrganisationLevel.COUNTRY: gettext_lazy("countries"),
    OrganisationLevel.REGION: gettext_lazy("regions"),
    OrganisationLevel.ICB: gettext_lazy("integrated care boards"),
    OrganisationLevel.SUB_ICB: gettext_lazy("parts of integrated care boards"),
    OrganisationLevel.TRUST: gettext_lazy("NHS trusts"),
    OrganisationLevel.INDEPENDENT_PROVIDER: gettext_lazy("independent providers"),
    OrganisationLevel.PROVIDER: gettext_lazy("providers of care"),
    OrganisationLevel.LOCAL_AUTHORITY: gettext_lazy("local authorities"),
    OrganisationLevel.POLICE_FORCE: gettext_lazy("police forces"),
}


def several(level: OrganisationLevel) -> str:
    """``NHS trusts``."""
    return str(_SEVERAL[level])
