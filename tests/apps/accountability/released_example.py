"""Figures as a release in force states them, for the tests of pages; and series of months and years."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tests.apps.accountability.figures_example import LLR, YEAR, definition, figure, observed

from evenhand.apps.monitoring.models import State
from evenhand.apps.monitoring.queries import LoadedRelease, StatedFigures
from evenhand.datasets.counts import Count
from evenhand.datasets.observations import Period
from evenhand.publication.certificate import Certificate, CertificateKind
from evenhand.publication.estimates import Figure
from evenhand.publication.package import Package
from evenhand.publication.recipe import Licence

BED_DAYS = Count(10_000)


def release() -> LoadedRelease:
    day = datetime(2024, 10, 1, tzinfo=UTC)
    package = Package(
        title="Published figures",
        organisation=LLR,
        period=YEAR,
        revision=1,
        replaces=None,
        licence=Licence(name="OGL-UK-3.0", title="Open Government Licence v3.0"),
        sources=(definition().versions[0].source,),
        released_by="The tests",
        released_on=day.date(),
        software_version="0",
        subject=None,
        invented=False,
        comparators={},
        adding=None,
    )
    certificate = Certificate(
        kind=CertificateKind.AS_PUBLISHED,
        statement="As published.",
        rule="a rule",
        rule_in_full=None,
        cells=1,
        hidden=0,
        primary=None,
        secondary=None,
        narrowest=None,
        required_width=None,
        attacker=None,
        earlier_releases=(),
        files={},
        digest="0" * 64,
    )
    return LoadedRelease(
        package=package,
        certificate=certificate,
        indicators=(definition(),),
        files=(),
        state=State.CURRENT,
        loaded_at=day,
        replaced_by=None,
        withdrawn_at=None,
        withdrawn_because="",
    )


def stated(figures) -> list[StatedFigures]:
    return [StatedFigures(release=release(), observations=observed(figures))]


def month(number: int) -> Period:
    """The month of that number, counted from April 2022 as 0."""
    first, after = (date(2022 + (3 + index) // 12, (3 + index) % 12 + 1, 1) for index in (number, number + 1))
    return Period(first, after - timedelta(days=1))


def year(start: int) -> Period:
    """The financial year that begins in April of ``start``."""
    return Period(date(start, 4, 1), date(start + 1, 3, 31))


def in_time(
    group: str, counts: Sequence[Count | int | None], *, of: Count = BED_DAYS, periods: Sequence[Period] | None = None
) -> list[Figure]:
    """A count in each period, one after the other; None where no figure was released."""
    classification = "total" if group == "all" else "nhs_2001_5"
    return [
        figure(
            group,
            Count(count) if isinstance(count, int) else count,
            of,
            period=periods[index] if periods else month(index),
            classification=classification,
        )
        for index, count in enumerate(counts)
        if count is not None
    ]
