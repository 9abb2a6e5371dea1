"""Verify the release in a folder and put it on the site."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from evenhand.apps.monitoring.actions import load_release
from evenhand.apps.users.queries import account


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="The folder that `evenhand release` wrote.")
        parser.add_argument("--by", required=True, help="The e-mail address of the account that answers for it.")

    def handle(self, *args: Any, directory: Path, by: str, **options: Any) -> None:
        release = load_release(directory=directory, by=account(by))
        self.stdout.write(f"{release.name} is loaded and shown.")
