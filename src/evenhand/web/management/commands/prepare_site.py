"""Make the roles and the first pages of a new site; on a site that stands, add what is missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from evenhand.apps.content.actions import create_starting_pages
from evenhand.apps.monitoring.permissions import RELEASE_MANAGERS
from evenhand.apps.users.queries import account
from evenhand.apps.users.roles import establish


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, help="The e-mail address of the account that answers for it.")

    def handle(self, *args: Any, by: str, **options: Any) -> None:
        role = establish(RELEASE_MANAGERS)
        pages = create_starting_pages(by=account(by))
        self.stdout.write(f"Role: {role.name}. Pages made: {', '.join(page.title for page in pages) or 'none'}.")
