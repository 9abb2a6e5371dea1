"""The releases that the demonstration shows: real figures as published, and invented trusts that we protect."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from evenhand.publication.making import make_release
from evenhand.publication.preparing import Step
from evenhand.publication.reading import read_release
from evenhand.publication.recipe import read_recipe
from evenhand.publication.release import Release
from evenhand.synthetic.earlier_months import earlier_months
from evenhand.synthetic.neighbours import neighbouring_trusts
from evenhand.synthetic.trust import write_invented_source
from evenhand.synthetic.trust_months import write_trust_months

PUBLISHED = (
    "mental_health_act_2023_24",
    "talking_therapies_2017_18_to_2021_22",
    "stop_and_search_2019_12_to_2020_02",
    "police_use_of_force_2019_20",
)
"""Recipes whose source is the table of facts of the same name."""

INVENTED: Mapping[str, Callable[[Path], Path]] = {
    "fernmark_2024_03": lambda path: write_trust_months(path, neighbouring_trusts()),
    "soar_valley_2022_04_to_2024_02": lambda path: write_trust_months(path, earlier_months()),
    "soar_valley_2024_03": write_invented_source,
}
"""Recipes of invented figures, each with what writes its source."""


def make_demonstration_releases(out: Path, *, step: Step = lambda _: None) -> tuple[Release, ...]:
    """Make every release of the demonstration in ``out``. One that stands there already is read and verified instead.

    Raises:
        EvenhandError: a folder of that name stands there and is not the release, or ``out`` cannot be written to.
    """
    with tempfile.TemporaryDirectory() as folder:
        invented = {name: write(Path(folder) / f"{name}.csv") for name, write in INVENTED.items()}
        sources = {**{name: Path(name) for name in PUBLISHED}, **invented}
        return tuple(_made_or_read(recipe, source, out, step) for recipe, source in sources.items())


def _made_or_read(recipe: str, source: Path, out: Path, step: Step) -> Release:
    directory = out / read_recipe(recipe).name
    if directory.exists():
        step(f"Verifying {directory.name}")
        return read_release(directory)
    step(f"Making {directory.name}")
    return make_release(source, recipe, out)
