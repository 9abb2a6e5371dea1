"""Run the site's own commands: ``python -m evenhand.web migrate``."""

import os
import sys

from django.core.management import execute_from_command_line

from evenhand.errors import EvenhandError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")
    try:
        execute_from_command_line(["python -m evenhand.web", *sys.argv[1:]])
    except EvenhandError as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
