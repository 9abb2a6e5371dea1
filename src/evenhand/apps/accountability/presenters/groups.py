"""What to call the people of an ethnic group in a sentence. Tables and charts keep the source's own name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.ethnicity import UNRECORDED
from evenhand.publication.observations import ReleasedObservation

# By group id; the same id means the same people in every classification that has it.
_PEOPLE = {
    "white": gettext_lazy("White people"),
    "mixed": gettext_lazy("people of Mixed ethnicity"),
    "asian": gettext_lazy("Asian people"),
    "black": gettext_lazy("Black people"),
    "white_british": gettext_lazy("White British people"),
    "not_white_british": gettext_lazy("everybody who is not White British"),
    "indian": gettext_lazy("Indian people"),
    "pakistani": gettext_lazy("Pakistani people"),
    "bangladeshi": gettext_lazy("Bangladeshi people"),
    "chinese": gettext_lazy("Chinese people"),
    "african": gettext_lazy("African people"),
    "caribbean": gettext_lazy("Caribbean people"),
    "arab": gettext_lazy("Arab people"),
    "roma": gettext_lazy("Roma people"),
}
# By the source's name, where ids are code letters: the classifications do not share them.
_PEOPLE_BY_NAME = {
    "White British": gettext_lazy("White British people"),
    "White Irish": gettext_lazy("White Irish people"),
    "Indian": gettext_lazy("Indian people"),
    "Pakistani": gettext_lazy("Pakistani people"),
    "Bangladeshi": gettext_lazy("Bangladeshi people"),
    "Caribbean": gettext_lazy("Caribbean people"),
    "African": gettext_lazy("African people"),
    "Chinese": gettext_lazy("Chinese people"),
}
_CHINESE_OR_OTHERS = "Chinese or other ethnic group"
_OTHERS = {"Other ethnic groups", "Other ethnic group", "Any other ethnic group"}


def people(observation: ReleasedObservation) -> str:
    """``Black people``; for a group without a name of that form, people in the group “…”, as the source writes it."""
    if observation.group_label in _OTHERS:
        return _("people of other ethnic groups")
    if observation.group_label == _CHINESE_OR_OTHERS:
        return _("Chinese people and people of other ethnic groups")
    known = _PEOPLE.get(observation.group) or _PEOPLE_BY_NAME.get(observation.group_label)
    if known is not None:
        return str(known)
    return _("people in the group “%(name)s”") % {"name": label(observation)}


def label(observation: ReleasedObservation) -> str:
    """The group's name as the source writes it, in the reader's language where a translation stands."""
    return _(observation.group_label)


def is_unrecorded(observation: ReleasedObservation) -> bool:
    """Whether the row counts those whose ethnicity nobody wrote down, or who chose not to say."""
    return observation.group in UNRECORDED
