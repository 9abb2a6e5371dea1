"""Invented series and funnels, as charts would get them from a page."""

import math
from collections.abc import Mapping, Sequence

from evenhand.charts.control import ControlChart, ControlWords, EndNumbers, control_chart
from evenhand.charts.funnel import (
    FunnelChart,
    FunnelKind,
    FunnelWords,
    LimitKind,
    Limits,
    Organisation,
    funnel_chart,
)
from evenhand.charts.plane import Level
from evenhand.charts.readings import Break, Reading, ReadingKind
from evenhand.charts.scale import Scale, scale_from_zero, scale_of_series

Kind = ReadingKind
POINTLESS = {Kind.HIDDEN, Kind.NOT_RECORDED, Kind.DOES_NOT_APPLY}
WORDS = ControlWords(
    title="People detained each month",
    subtitle="Line: the usual level. Shaded: what chance alone explains.",
    summary="The number goes up and down every month.",
    value_heading="People",
    label_heading="Month",
    cell_headings=("Detained",),
    key={
        Kind.SPECIAL: "A month that chance does not explain",
        Kind.PATTERN: "A run on one side",
        Kind.NONE: "None",
        Kind.GHOSTED: "Left out of the usual level",
        Kind.HIDDEN: "Hidden to protect people in small groups",
        Kind.NOT_RECORDED: "Not recorded",
        Kind.DOES_NOT_APPLY: "Does not apply",
    },
    note="Source: invented.",
    no_limits="Fewer than 12 months: too few to say what is usual.",
    mirrored="Time runs from right to left.",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DETAINED = (61, 55, 68, 58, 49, 63, 57, 66, 60, 52, 64, 71, 59, 54, 66, 62, 88, 58, 65, 50, 61, 69, 57, 63)
LIMITS = (37.0, 60.0, 84.0)
ENDS = EndNumbers(upper="84", centre="60", lower="37")
NO_LIMITS = (math.nan, math.nan, math.nan)
SCALE = Scale(0.0, 100.0, (0.0, 50.0, 100.0))


def month(index: int) -> str:
    return f"{MONTHS[index % 12]} {2023 + index // 12}"


def reading(
    index: int, value: float, kind: Kind = Kind.ORDINARY, limits: tuple[float, float, float] = LIMITS
) -> Reading:
    number = None if kind in POINTLESS else 0.0 if kind is Kind.NONE else float(value)
    words = kind.value.replace("_", " ") if number is None else f"{number:g}"
    return Reading(
        kind=kind,
        label=month(index),
        value=words,
        number=number,
        lower=limits[0],
        centre=limits[1],
        upper=limits[2],
        time=month(index) if index % 12 == 0 else "",
        caption=f"{month(index)}: {words}" if kind is Kind.SPECIAL else "",
        cells=(words,),
    )


def series(
    values: Sequence[float] = DETAINED,
    kinds: Mapping[int, Kind] | None = None,
    limits: tuple[float, float, float] = LIMITS,
) -> list[Reading]:
    of_kind = kinds or {}
    return [reading(index, value, of_kind.get(index, Kind.ORDINARY), limits) for index, value in enumerate(values)]


def control_example(
    readings: Sequence[Reading] | None = None,
    *,
    scale: Scale | None = SCALE,
    words: ControlWords = WORDS,
    ends: EndNumbers | None = ENDS,
    breaks: Sequence[Break] = (),
    target: Level | None = None,
    right_to_left: bool = False,
) -> ControlChart:
    readings = series(kinds={16: Kind.SPECIAL}) if readings is None else readings
    numbers = [each.number for each in readings if each.number is not None]
    return control_chart(
        "detained",
        readings,
        scale or scale_of_series(numbers, [limit for each in readings for limit in (each.lower, each.upper)]),
        words,
        ends=ends,
        breaks=breaks,
        target=target,
        right_to_left=right_to_left,
    )


FUNNEL_WORDS = FunnelWords(
    title="Detentions, by organisation",
    summary="Two of five trusts lie outside the funnel.",
    value_heading="Detentions for every 100,000 people",
    size_heading="Detentions expected",
    label_heading="Trust",
    cell_headings=("Rate",),
    key={
        FunnelKind.BEYOND_OUTER: "Further from the line than chance explains",
        FunnelKind.BEYOND_INNER: "Perhaps further than chance explains",
        FunnelKind.WITHIN: "Within what chance explains",
        FunnelKind.HIDDEN: "Hidden to protect people in small groups",
        FunnelKind.NOT_RECORDED: "Not recorded",
    },
    limits={
        LimitKind.OUTER: "Limits of chance, 99.8 per cent",
        LimitKind.INNER: "Limits of chance, 95 per cent",
        LimitKind.CHANCE_ALONE: "The same before allowing for differences between trusts",
    },
    subject="Soar Valley Partnership Trust",
    not_drawn="Without a place in the drawing:",
    note="Source: invented.",
    no_limits="Too few trusts to say how far chance goes.",
    mirrored="The smallest are at the right.",
)
CENTRE = Level(68.0, "68", "Everyone: 68")


def organisation(
    name: str, kind: FunnelKind, size: float | None = None, number: float | None = None, *, is_subject: bool = False
) -> Organisation:
    value = kind.value.replace("_", " ") if number is None else f"{number:g}"
    return Organisation(
        name=name, kind=kind, value=value, size=size, number=number, cells=(value,), is_subject=is_subject
    )


ORGANISATIONS = (
    organisation("Trent", FunnelKind.WITHIN, 300.0, 70.0),
    organisation("Avon", FunnelKind.BEYOND_OUTER, 900.0, 120.0),
    organisation("Soar Valley Partnership Trust", FunnelKind.BEYOND_INNER, 600.0, 80.0, is_subject=True),
    organisation("Tees", FunnelKind.HIDDEN),
    organisation("Medway", FunnelKind.WITHIN, 20.0, 0.0),
)


def limits(kind: LimitKind, z: float, *, count: int = 200, largest: float = 1000.0) -> Limits:
    """68 plus or minus z standard errors of a rate from so many expected events."""
    sizes = [largest * (index + 1) / count for index in range(count)]
    reach = [z * 68 / math.sqrt(size) for size in sizes]
    lower = [68 - each if each < 68 else math.nan for each in reach]
    return Limits(kind=kind, sizes=sizes, lower=lower, upper=[68 + each for each in reach])


LIMIT_PAIRS = (limits(LimitKind.INNER, 1.96), limits(LimitKind.OUTER, 3.09))


def funnel_example(
    organisations: Sequence[Organisation] = ORGANISATIONS,
    pairs: Sequence[Limits] = LIMIT_PAIRS,
    *,
    words: FunnelWords = FUNNEL_WORDS,
    sizes: Scale | None = None,
    values: Scale | None = None,
    right_to_left: bool = False,
) -> FunnelChart:
    return funnel_chart(
        "between",
        organisations,
        pairs,
        sizes or scale_from_zero([each.size or 0.0 for each in organisations], []),
        values or scale_of_series([each.number or 0.0 for each in organisations], [68 + 3.09 * 68 / 4]),
        words,
        centre=CENTRE,
        right_to_left=right_to_left,
    )
