"""Releases as they were loaded. A figure stays as its release states it: rows are fixed by the database."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evenhand.apps.monitoring.columns import (
    count_is_whole,
    count_value,
    estimate_is_whole,
    estimate_value,
    rounded_to,
    status,
    status_is_known,
)
from evenhand.apps.organisations.models import Organisation
from evenhand.publication.observations import Verdict


class State(models.TextChoices):
    """Whether a release speaks today."""

    CURRENT = "current", _("current")
    SUPERSEDED = "superseded", _("replaced by a newer revision")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Happening(models.TextChoices):
    """What is recorded of a release."""

    LOADED = "release_loaded", _("loaded")
    SUPERSEDED = "release_superseded", _("replaced")
    WITHDRAWN = "release_withdrawn", _("withdrawn")


class ReleaseQuerySet(models.QuerySet["Release"]):
    def current(self) -> "ReleaseQuerySet":
        return self.filter(state=State.CURRENT)


class Release(models.Model):
    """One release that verified when it was loaded.

    ``package``, ``certificate`` and ``definitions`` are the documents of the release itself, and are read by the same
    code that reads them in its folder.
    """

    name = models.CharField(_("name"), max_length=130, unique=True, editable=False)
    series = models.CharField(_("series"), max_length=125, editable=False)
    title = models.CharField(_("title"), max_length=255, editable=False)
    publisher = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="releases", verbose_name=_("organisation"), editable=False
    )
    period_start = models.DateField(_("from"), editable=False)
    period_end = models.DateField(_("to"), editable=False)
    revision = models.PositiveIntegerField(_("revision"), editable=False)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
        editable=False,
    )
    invented = models.BooleanField(_("invented"), editable=False)
    package = models.JSONField(editable=False)
    certificate = models.JSONField(editable=False)
    definitions = models.JSONField(editable=False)
    digest = models.CharField(_("digest"), max_length=128, unique=True, editable=False)

    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.CURRENT, editable=False)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("loaded by"),
        editable=False,
    )
    loaded_at = models.DateTimeField(_("loaded"), editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
        editable=False,
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-period_end", "publisher__name", "-revision")
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        default_permissions = ("view",)
        permissions = (("load_release", _("Can load a release")), ("withdraw_release", _("Can withdraw a release")))
        constraints = (
            models.UniqueConstraint(
                fields=["publisher", "series"],
                condition=Q(state=State.CURRENT),
                name="one_current_release_in_a_series",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="release_state_is_known"),
            models.CheckConstraint(condition=Q(period_start__lte=F("period_end")), name="release_period_runs_forwards"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="release_revision_counts_from_one"),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawn_because="")
                | ~Q(state=State.WITHDRAWN)
                & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_because=""),
                name="release_withdrawn_by_at_and_because_together",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ReleaseFile(models.Model):
    """A file of a release as it was stored: its length and digest are asked again at every download."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("name",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=["release", "name"], name="one_file_of_a_name_in_a_release"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(name__contains="/") & ~Q(name__startswith="."), name="release_file_is_named"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ReleasedFigure(models.Model):
    """One indicator × period × organisation × group of a release: `evenhand.publication.ReleasedObservation` as a row.

    A limit that is empty although there is a value says that the method gives no interval.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()  # in the release, from 0
    indicator = models.CharField(max_length=100)
    period_start = models.DateField()
    period_end = models.DateField()
    classification = models.CharField(max_length=50)
    group = models.CharField(max_length=100)
    group_label = models.CharField(max_length=255)
    group_order = models.PositiveIntegerField()
    numerator = count_value()
    numerator_status = status()
    numerator_rounded_to = rounded_to()
    denominator = count_value()
    denominator_status = status()
    denominator_rounded_to = rounded_to()
    value = estimate_value()
    lower = estimate_value()
    upper = estimate_value()
    lower_with_rounding = estimate_value()
    upper_with_rounding = estimate_value()
    method = models.CharField(max_length=100, blank=True)
    value_status = status()
    unit = models.CharField(max_length=100)
    comparator = models.CharField(max_length=100, blank=True)
    ratio = estimate_value()
    ratio_lower = estimate_value()
    ratio_upper = estimate_value()
    ratio_lower_with_rounding = estimate_value()
    ratio_upper_with_rounding = estimate_value()
    ratio_method = models.CharField(max_length=100, blank=True)
    verdict = models.CharField(max_length=20, choices=[(verdict.value, verdict.value) for verdict in Verdict])

    class Meta:
        ordering = ("release", "position")
        default_permissions = ()
        indexes = (
            models.Index(fields=["indicator", "organisation"], name="figure_by_indicator"),
            models.Index(fields=["organisation", "indicator"], name="figure_by_organisation"),
        )
        constraints = (
            models.UniqueConstraint(fields=["release", "position"], name="one_figure_at_a_position"),
            models.UniqueConstraint(
                fields=[
                    "release",
                    "indicator",
                    "organisation",
                    "period_start",
                    "period_end",
                    "classification",
                    "group",
                ],
                name="one_figure_for_a_group_in_a_release",
            ),
            models.CheckConstraint(condition=Q(period_start__lte=F("period_end")), name="figure_period_runs_forwards"),
            count_is_whole("numerator"),
            count_is_whole("denominator"),
            status_is_known("value_status"),
            models.CheckConstraint(
                condition=Q(value_status="published", value__isnull=False)
                | ~Q(value_status="published") & Q(value__isnull=True),
                name="figure_has_a_value_exactly_when_published",
            ),
            estimate_is_whole("value", ""),
            estimate_is_whole("ratio", "ratio_"),
            models.CheckConstraint(
                condition=Q(ratio__isnull=True) | Q(value__isnull=False) & ~Q(comparator=""),
                name="figure_ratio_has_a_value_and_a_comparator",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=[verdict.value for verdict in Verdict])
                & (~Q(verdict__in=[Verdict.HIGHER.value, Verdict.LOWER.value]) | Q(ratio__isnull=False)),
                name="figure_claims_nothing_without_a_ratio",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.group}"


class QualityRecord(models.Model):
    """How complete the recording of ethnicity is behind one measure of a release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="quality_records")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    measure = models.CharField(max_length=100)
    period_start = models.DateField()
    period_end = models.DateField()
    known = count_value()
    known_status = status()
    known_rounded_to = rounded_to()
    unknown = count_value()
    unknown_status = status()
    unknown_rounded_to = rounded_to()
    total = count_value()
    total_status = status()
    total_rounded_to = rounded_to()
    completeness = estimate_value()

    class Meta:
        ordering = ("release", "position")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=["release", "position"], name="one_quality_record_at_a_position"),
            models.CheckConstraint(condition=Q(period_start__lte=F("period_end")), name="quality_period_runs_forwards"),
            count_is_whole("known"),
            count_is_whole("unknown"),
            count_is_whole("total"),
            models.CheckConstraint(
                condition=Q(completeness__isnull=True) | Q(completeness__gte=0, completeness__lte=1),
                name="quality_completeness_is_a_share",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.organisation_id}"
