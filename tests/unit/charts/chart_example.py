"""The published detention figures of Leicester, Leicestershire and Rutland 2023-24, as a chart would get them."""

from evenhand.charts.dots import DotChart, Reference, Row, Words, dot_chart
from evenhand.charts.marks import Mark, MarkKind
from evenhand.charts.scale import scale_from_zero

KEY = {
    MarkKind.CLAIM: "Different from White people by more than chance and rounding explain",
    MarkKind.CANNOT_TELL: "We cannot tell from these figures",
    MarkKind.COMPARATOR: "White people: the group compared with",
    MarkKind.HIDDEN: "Hidden to protect people in small groups",
    MarkKind.NOT_RECORDED: "Not recorded: could lie anywhere",
}


def measured(kind: MarkKind, value: float, chance: tuple[float, float], rounding: tuple[float, float]) -> Mark:
    return Mark(
        kind=kind,
        value=value,
        lower=chance[0],
        upper=chance[1],
        lower_with_rounding=rounding[0],
        upper_with_rounding=rounding[1],
    )


def row(label: str, mark: Mark, value: str, range_: str = "", note: str = "") -> Row:
    return Row(label=label, mark=mark, value=value, range=range_, meaning=KEY[mark.kind], note=note, cells=(value,))


ROWS = (
    row("Asian", measured(MarkKind.CANNOT_TELL, 66.3, (55.9, 78), (55.1, 79)), "66", "55 to 79"),
    row("Black & Black British", measured(MarkKind.CLAIM, 134.4, (99.7, 177.2), (95.1, 183.3)), "134", "95 to 184"),
    row("White", measured(MarkKind.COMPARATOR, 63.3, (58, 69), (57.7, 69.3)), "63", "57 to 70"),
    row("Chinese", Mark(kind=MarkKind.HIDDEN), "hidden", note="hidden to protect people in small groups"),
    row("Ethnicity not recorded", Mark(kind=MarkKind.NOT_RECORDED), "95", "detentions"),
)
WORDS = Words(
    title="Detentions for every 100,000 people in a year, by ethnic group",
    subtitle="Not age-standardised.",
    label_heading="Ethnic group",
    value_heading="Rate per 100,000, and its range",
    cell_headings=("Rate",),
    key=KEY,
    rounding="Range from chance; thin ends add rounding",
    note="Source: NHS England.",
    mirrored="Zero is at the right.",
)


def example(rows: tuple[Row, ...] = ROWS, *, right_to_left: bool = False, with_reference: bool = True) -> DotChart:
    return dot_chart(
        "detention",
        rows,
        scale_from_zero([134.4], [183.3]),
        WORDS,
        reference=Reference(67.7, "everyone: 68") if with_reference else None,
        right_to_left=right_to_left,
    )
