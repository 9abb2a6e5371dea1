"""The bodies and places that figures are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How wide an organisation's figures reach: the words for `evenhand.datasets.observations.OrganisationLevel`."""

    COUNTRY = "country", _("country")
    REGION = "region", _("region")
    ICB = "icb", _("integrated care board")
    SUB_ICB = "sub_icb", _("part of an integrated care board")
    TRUST = "trust", _("NHS trust")
    INDEPENDENT_PROVIDER = "independent_provider", _("independent provider")
    PROVIDER = "provider", _("provider")
    LOCAL_AUTHORITY = "local_authority", _("local authority")
    POLICE_FORCE = "police_force", _("police force")


class Kind(models.TextChoices):
    """What a figure about it is a figure of."""

    AREA = "area", _("the people who live there")
    CARE = "care", _("the people it cares for")


_CARES = {Level.TRUST, Level.INDEPENDENT_PROVIDER, Level.PROVIDER}


class Organisation(models.Model):
    """A body or place with the code that its publisher gives it.

    ``invented`` marks organisations that do not exist: every page that shows one says so.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=255)
    level = models.CharField(_("level"), max_length=30, choices=Level.choices)
    invented = models.BooleanField(_("invented"), default=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = (
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(name=""), name="organisation_is_named"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="organisation_level_is_known"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> Kind:
        """Follows from the level; pages say "in" an area and "at" a provider of care."""
        return Kind.CARE if self.level in _CARES else Kind.AREA
