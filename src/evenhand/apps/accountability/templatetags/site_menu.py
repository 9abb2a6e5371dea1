"""The pages that people wrote, for the foot of every page."""

from django import template

from evenhand.apps.content.queries import PageLink, menu

register = template.Library()


@register.simple_tag
def written_pages() -> tuple[PageLink, ...]:
    """The published pages that menus show."""
    return menu()
