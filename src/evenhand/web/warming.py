"""What a first visitor would otherwise wait for."""

from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver


def warm() -> int:
    """Read every address and compile every template of ours; return how many templates that were.

    Raises:
        TemplateSyntaxError: a template is faulty; better at the start than at its first visitor.
    """
    get_resolver().check()  # walks all addresses, which imports every view
    folders = [Path(folder) for engine in settings.TEMPLATES for folder in engine["DIRS"]]
    names = [path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.html")]
    for name in names:
        get_template(name)
    return len(names)
