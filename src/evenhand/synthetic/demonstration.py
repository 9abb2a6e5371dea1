"""The releases that the demonstration shows: real figures as published, and an invented trust that we protect."""

import tempfile
from pathlib import Path

from evenhand.publication.making import make_release
from evenhand.publication.preparing import Step
from evenhand.publication.reading import read_release
from evenhand.publication.recipe import read_recipe
from evenhand.publication.release import Release
from evenhand.synthetic.trust import write_invented_source

PUBLISHED = (
    "mental_health_act_2023_24",
    "talking_therapies_2017_18_to_2021_22",
    "stop_and_search_2019_12_to_2020_02",
    "police_use_of_force_2019_20",
)
"""Recipes whose source is the table of facts of the same name."""

INVENTED = "soar_valley_2024_03"


def make_demonstration_releases(out: Path, *, step: Step = lambda _: None) -> tuple[Release, ...]:
    """Make every release of the demonstration in ``out``. One that stands there already is read and verified instead.

    Raises:
        EvenhandError: a folder of that name stands there and is not the release, or ``out`` cannot be written to.
    """
    with tempfile.TemporaryDirectory() as folder:
        invented = write_invented_source(Path(folder) / "soar_valley.csv")
        sources = {**{name: Path(name) for name in PUBLISHED}, INVENTED: invented}
        return tuple(_made_or_read(recipe, source, out, step) for recipe, source in sources.items())


def _made_or_read(recipe: str, source: Path, out: Path, step: Step) -> Release:
    directory = out / read_recipe(recipe).name
    if directory.exists():
        step(f"Verifying {directory.name}")
        return read_release(directory)
    step(f"Making {directory.name}")
    return make_release(source, recipe, out)
