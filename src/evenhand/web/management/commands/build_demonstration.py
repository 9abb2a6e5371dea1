"""Build the demonstration anew, in a folder of its own. `evenhand demo` calls this when none stands."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from evenhand.web.demonstration.building import STEPS, build


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # they look at what this is about to make

    def handle(self, *args: Any, **options: Any) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("Building the demonstration", total=STEPS)

            def step(words: str) -> None:
                progress.update(task, description=words, advance=1)

            build(step)
