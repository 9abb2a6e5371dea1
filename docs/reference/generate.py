"""Writes the reference pages that are made of data: ``python docs/reference/generate.py``. A test holds them to it."""

import csv
import textwrap
from importlib import resources
from pathlib import Path

from evenhand.datasets.denominators import denominator_rule
from evenhand.datasets.population import population
from evenhand.ethnicity import classification
from evenhand.indicators import Denominator, Indicator, Version, catalogue

HERE = Path(__file__).resolve().parent
RULE = "mental_health_act_2023_24"


def indicators_page() -> str:
    """Every indicator with its definition, from the YAML files."""
    parts = [
        "# Indicators",
        wrapped(
            "What is measured, how it is counted, where the definition comes from and what it cannot say. Made "
            "from `src/evenhand/indicators/definitions/` by `docs/reference/generate.py`; change the definition, "
            'not this page. "To verify" marks what was written from memory and not checked against its source.'
        ),
    ]
    domain = ""
    for each in catalogue():
        if each.domain != domain:
            domain = each.domain
            parts.append(f"## {domain.replace('_', ' ').capitalize()}")
        parts.append(_indicator(each))
    return "\n\n".join(parts) + "\n"


def _indicator(each: Indicator) -> str:
    head = [f"### {each.title}", f"`{each.id}` · {each.direction.replace('_', ' ')}", f"*{each.question}*"]
    return "\n\n".join([*head, wrapped(each.rationale), *(_version(version) for version in each.versions)])


def _version(version: Version) -> str:
    until = f"to {version.valid_to}" if version.valid_to else "on"
    rows = [
        ("From", f"{version.valid_from} {until}"),
        ("Figure", f"{version.statistic.replace('_', ' ')}, {version.unit}"),
        ("Counted", f"{version.numerator.description} (`{version.numerator.measure}`)"),
        ("One person", "is counted once" if version.numerator.person_counted_once else "can be counted several times"),
    ]
    if version.denominator:
        rows.append(("Divided by", f"{version.denominator.description} ({_origin(version.denominator)})"))
    if version.allows_for:
        rows.append(("Allows for", ", ".join(version.allows_for)))
    source = version.source
    title = f"[{source.title}]({source.url})" if source.url else source.title
    rows.append(("Source", f"{title}, {source.publisher}, {source.licence}"))
    table = "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows)])
    caveats = "\n".join(
        wrapped(caveat, first="- ", then="  ") for caveat in (*version.beside_the_figure, *version.caveats)
    )
    return f"{table}\n\n{caveats}" if caveats else table


def _origin(denominator: Denominator) -> str:
    if denominator.population:
        return f"rule `{denominator.population}`"
    return f"`{denominator.measure}`" if denominator.measure else "printed beside the count"


def detention_rates_page() -> str:
    """The published crude rates of detention in 2023-24, each worked out again from census counts."""
    parts = [
        "# Published detention rates, worked out again",
        wrapped(
            "Crude rates of detention under the Mental Health Act per 100,000 people in 2023-24, as NHS England "
            "published them and as they come out of the published counts and the Census 2021. Made by "
            "`docs/reference/generate.py`. Who is divided by: [populations](populations.md)."
        ),
        "## England: all 22 rates",
        _table(_facts("E92000001")),
        wrapped(
            "Everybody in England, unknown ethnicity and acute hospitals included, is another total: 52,458 "
            "detentions, published rate 90.9, of a later estimate of residents. It is not mixed with the 45,525 above."
        ),
        "## Leicester, Leicestershire and Rutland",
        _table(_facts("QK1")),
        wrapped(
            "Counts are rounded to 5. Three rates differ by 0.1: the publisher's denominators are about 0.1 % smaller "
            "than the census table by district, probably sums of a finer one."
        ),
        "## What the local rates would be with the same groups above and below the line",
        wrapped(
            "Locally, detained Chinese people are counted under Other ethnic groups, and Chinese residents under "
            "Asian. With Chinese people under Other in both, as for England, two rates change:"
        ),
        _matched(),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(organisation: str) -> list[dict[str, str]]:
    text = (resources.files("evenhand.datasets") / "facts" / f"{RULE}.csv").read_text(encoding="utf-8")
    return [
        fact
        for fact in csv.DictReader(text.splitlines())
        if fact["measure"] == "all_detentions"
        and fact["organisation_code"] == organisation
        and fact["classification"] != "total"
        and fact["crude_rate"]
    ]


def _group(fact: dict[str, str]) -> str:
    labels = {category.label: category.id for category in classification(fact["classification"]).categories}
    return labels.get(fact["group"], "all_known")


def _table(facts: list[dict[str, str]]) -> str:
    lines = ["| group | detentions | people | published | worked out |", "|---|---:|---:|---:|---:|"]
    for fact in facts:
        people = population(fact["organisation_code"], fact["classification"], _group(fact), rule=RULE).smallest
        detentions = int(fact["count"])
        rate = f"{detentions / people * 100_000:.1f}"
        sure = rate if rate == fact["crude_rate"] else f"**{rate}**"
        lines.append(f"| {fact['group']} | {detentions:,} | {people:,} | {fact['crude_rate']} | {sure} |")
    return "\n".join(lines)


def _matched() -> str:
    groups = denominator_rule("mental_health_act_2023_24").grouping("nhs_2001_5").groups
    lines = ["| group | published | people, same groups | rate |", "|---|---:|---:|---:|"]
    for fact in _facts("QK1"):
        group = _group(fact)
        if group in {"asian", "other"}:
            parts = [population("QK1", "ons_2021", part, rule="census_2021").smallest for part in groups[group]]
            people = sum(parts)
            rate = int(fact["count"]) / people * 100_000
            lines.append(f"| {fact['group']} | {fact['crude_rate']} | {people:,} | {rate:.1f} |")
    return "\n".join(lines)


def wrapped(text: str, *, first: str = "", then: str = "") -> str:
    """A paragraph in lines of at most 120 characters; an address is never broken."""
    return textwrap.fill(
        text, 120, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    )


PAGES = {"indicators.md": indicators_page, "detention-rates-reproduced.md": detention_rates_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
