"""From a source and a recipe to the figures of a release: what is kept, what is protected, what is worked out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from pathlib import Path

from evenhand.datasets.counts import NOT_APPLICABLE, Count
from evenhand.datasets.observations import Observation, Organisation
from evenhand.datasets.published import Mapping, Reading, ReadingReport, load_mapping, read_published
from evenhand.disclosure import Rule, load_rule
from evenhand.errors import InputRefused
from evenhand.ethnicity import TOTAL, SpecialGroup, classification
from evenhand.indicators import indicator
from evenhand.indicators.specification import Indicator, Version
from evenhand.publication.cells import BESIDE, Cell, denominator_measure, printed_counts
from evenhand.publication.estimates import released_observations
from evenhand.publication.figures import Versions, cell_of, figures_of_source, versions_in_force
from evenhand.publication.linked_tables import Link, total_classification
from evenhand.publication.observations import ReleasedObservation
from evenhand.publication.package import Adding
from evenhand.publication.protection import Protected, adding_of, protected_counts, with_parts_of
from evenhand.publication.recipe import AsPublished, Protect, Recipe, RecipeFile, named_file
from evenhand.publication.shipped import facts_mapping

Step = Callable[[str], None]
"""Is told what is being done, in words, whenever something new begins."""


@dataclass(frozen=True, slots=True)
class Protection:
    """By which rule the counts were protected, how they add up, and what became of them."""

    rule: Rule
    adding: Adding
    protected: Protected


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that a release will say, before it is written. ``counts``: the distinct counts that it prints."""

    recipe: Recipe
    report: ReadingReport
    indicators: tuple[Indicator, ...]
    versions: Versions
    observations: tuple[ReleasedObservation, ...]
    counts: MappingOf[Cell, Count]
    protection: Protection | AsPublished


def prepare(source: Path, opened: RecipeFile, step: Step) -> Prepared:
    """Read the source and work out every figure that the recipe asks for.

    Raises:
        InputRefused: the source, the mapping, the recipe or what they have to do with each other is at fault.
        NotSafe: the counts cannot be protected.
    """
    recipe = opened.recipe
    _check_comparators(recipe)
    step("Reading the source")
    named = named_file(recipe.mapping, opened.folder, "mapping")
    mapping = load_mapping(facts_mapping(str(named)) or named)
    indicators = tuple(indicator(each) for each in recipe.indicators)
    reading = read_published(source, mapping)
    kept = _kept(reading, recipe)
    versions = versions_in_force(indicators, (each.period for each in kept))
    protection: Protection | AsPublished
    if isinstance(recipe.protection, AsPublished):
        protection = recipe.protection
    else:
        step("Hiding small counts and what would give them away")
        protection = _protection(kept, recipe.protection, mapping, versions, opened.folder)
        kept = list(_protected_observations(kept, recipe.protection, protection))
    step("Working out rates, ratios and intervals")
    kept.sort(key=lambda each: _order(each.organisation.code, recipe))
    figures = list(figures_of_source(kept, indicators, versions))
    _check_every_indicator(recipe, {figure.indicator for figure in figures})
    observations = released_observations(figures, recipe.indicators, versions, recipe.comparators)
    return Prepared(
        recipe=recipe,
        report=reading.report,
        indicators=_with_versions_in_force(indicators, observations, versions),
        versions=versions,
        observations=observations,
        counts=printed_counts(observations, versions),
        protection=protection,
    )


def _check_comparators(recipe: Recipe) -> None:
    for scheme, group in recipe.comparators.items():
        classification(scheme).category(group)


def _kept(reading: Reading, recipe: Recipe) -> list[Observation]:
    """The observations of the recipe's organisations and period."""
    within = [
        each
        for each in reading.observations
        if recipe.period.start <= each.period.start and each.period.end <= recipe.period.end
    ]
    if not within:
        raise InputRefused(
            f"the source has no figure that lies within {recipe.period.start} to {recipe.period.end}. "
            "Is it of another period than the recipe?"
        )
    found = {each.organisation.code for each in within}
    whole = recipe.protection.whole if isinstance(recipe.protection, Protect) else None
    wanted = set(recipe.organisations) - ({whole.code} if whole else set()) or found
    missing = sorted(wanted - found)
    if missing:
        raise InputRefused(f"the source has no figure of {missing[0]!r}, which the recipe asks for in `organisations`.")
    return [each for each in within if each.organisation.code in wanted]


def _order(code: str, recipe: Recipe) -> int:
    """Where an organisation comes: as the recipe lists them, or a whole before its parts; else as in the source."""
    if code in recipe.organisations:
        return recipe.organisations.index(code)
    whole = recipe.protection.whole if isinstance(recipe.protection, Protect) else None
    return -1 if whole is not None and whole.code == code else len(recipe.organisations)


def _check_every_indicator(recipe: Recipe, found: set[str]) -> None:
    for each in recipe.indicators:
        if each not in found:
            raise InputRefused(
                f"the source has no figure for the indicator {each!r} in the recipe's period and organisations. "
                "Does the mapping read the measure that its definition counts?"
            )


def _with_versions_in_force(
    indicators: Iterable[Indicator], observations: Iterable[ReleasedObservation], versions: Versions
) -> tuple[Indicator, ...]:
    """The indicators with the definitions that these observations follow, and no others."""
    used = {(each.indicator, each.period) for each in observations}
    in_force = {place: version for place, version in versions.items() if place in used}
    return tuple(
        replace(each, versions=tuple(version for version in each.versions if version in _of(each.id, in_force)))
        for each in indicators
    )


def _of(indicator_id: str, versions: Versions) -> list[Version]:
    return [version for (name, _), version in versions.items() if name == indicator_id]


def _protection(
    observations: Sequence[Observation], protect: Protect, mapping: Mapping, versions: Versions, folder: Path
) -> Protection:
    """Protect every count that the indicators are made of."""
    rule = load_rule(named_file(protect.rule, folder, "rule"))
    measures = {version.numerator.measure for version in versions.values()}
    measures |= {measure for version in versions.values() if (measure := denominator_measure(version)) is not None}
    counted = [each for each in observations if each.measure in measures]
    whole = {protect.whole.code: protect.whole.parts} if protect.whole is not None else {}
    both = sorted(whole.keys() & {each.organisation.code for each in counted})
    if both:
        raise InputRefused(
            f"the source counts {both[0]!r} itself, which the recipe adds up from its parts. Keep one of them."
        )
    adding = with_parts_of(adding_of(counted, whole, _parts(mapping, measures)), versions.values())
    return Protection(rule, adding, protected_counts(_exact_counts(counted, measures, adding), adding, rule))


def _parts(mapping: Mapping, measures: set[str]) -> Iterator[Link]:
    """Which of the measures are parts of others, as the mapping says."""
    for value in mapping.measure.values:
        if value.part_of is not None and {value.id, value.part_of} <= measures:
            yield value.id, value.part_of
    for difference in mapping.differences:
        if {difference.id, difference.whole, difference.minus} <= measures:
            raise InputRefused(
                f"{difference.id} is {difference.whole} less {difference.minus}: a protected release holds two of the "
                "three, since the third follows from them."
            )
        if {difference.id, difference.whole} <= measures:
            yield difference.id, difference.whole


def _exact_counts(observations: Iterable[Observation], measures: set[str], adding: Adding) -> dict[Cell, int]:
    exact: dict[Cell, int] = {}
    for each in observations:
        cell = cell_of(each)
        if each.group in set(SpecialGroup):
            cell = cell._replace(classification=total_classification(adding))
        if cell in exact:
            raise InputRefused(f"{cell.measure}, {cell.organisation}, group {cell.group}: is counted twice. Keep one.")
        exact[cell] = _exact(each.count, cell)
        beside = cell._replace(measure=f"{cell.measure}{BESIDE}")
        if beside.measure in measures:
            exact[beside] = _exact(each.denominator, beside)
    return exact


def _exact(count: Count, cell: Cell) -> int:
    if count.value is None or count.rounded_to != 1:
        found = str(count.status) if count.value is None else f"rounded to {count.rounded_to}"
        raise InputRefused(
            f"{cell.measure}, {cell.organisation}, group {cell.group}: only exact counts can be protected, and this "
            f"one is {found}. For figures that somebody protected before, use protection of kind as_published."
        )
    return count.value


def _protected_observations(
    observations: Iterable[Observation], protect: Protect, protection: Protection
) -> Iterator[Observation]:
    """The protected counts in the shape of a source, totals and the whole included, small groups first."""
    organisations = {each.organisation.code: each.organisation for each in observations}
    if protect.whole is not None:
        whole = protect.whole
        organisations[whole.code] = Organisation(whole.code, whole.name, whole.level)
    counts = protection.protected.counts
    adding = protection.adding
    order = (adding.classification, total_classification(adding), TOTAL)
    for cell, count in sorted(counts.items(), key=lambda item: order.index(item[0].classification)):
        if not cell.measure.endswith(BESIDE):
            yield Observation(
                measure=cell.measure,
                period=cell.period,
                organisation=organisations[cell.organisation],
                classification=cell.classification,
                group=cell.group,
                count=count,
                denominator=counts.get(cell._replace(measure=f"{cell.measure}{BESIDE}"), NOT_APPLICABLE),
            )
