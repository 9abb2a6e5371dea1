"""What a publisher calls an ethnic group, turned into the group. What is not known is reported, never guessed.

Two questions, two functions. :func:`normalise_label` asks which group of *one* classification a label names: the word
"Other" means different people in different classifications. :func:`standard_label` asks what the label is called in
the standard list of the Race Disparity Unit (Ethnicity facts and figures), whatever the classification.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from evenhand.ethnicity import reference
from evenhand.ethnicity.classifications import classification
from evenhand.ethnicity.label_words import LONGEST_LABEL, label_words
from evenhand.ethnicity.special_groups import SPECIAL_GROUPS

_LEVEL_OR_TOTAL: Final = re.compile(r"^(?:minor|major) | total$")  # "ethnicity_minor_irish", "Indian total"
_PART_AND_WHOLE: Final = re.compile(r"^(?P<part>[^()]+)\((?P<whole>[^()]+)\)$")  # "Indian (Asian or Asian British)"
_SHOWN: Final = 60  # characters of a label in a message: enough to find it, too few for a line of a record


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """What a label was found to mean.

    Attributes:
        text: the label as it came.
        classification_id: the classification that it was looked for in.
        group: id of a category of that classification or a special group's id; None when it is neither.
        standard_label: the label's name in the standard list; None when the label is not known at all.
    """

    text: str
    classification_id: str
    group: str | None
    standard_label: str | None

    @property
    def known(self) -> bool:
        """Whether the label names a group, a total or people whose ethnicity is not recorded."""
        return self.group is not None

    @property
    def is_category(self) -> bool:
        """Whether the label names an ethnic group; a total and "not stated" are none."""
        return self.known and self.group not in SPECIAL_GROUPS

    @property
    def reason(self) -> str:
        """For the report of a reader: why the label has no group; empty when it has one."""
        if self.known:
            return ""
        shown = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        if self.standard_label is None:
            return f"{shown!r} is not a label of an ethnic group that is known here"
        return f"{shown!r} (standard label {self.standard_label!r}) is not a group of {self.classification_id}"


@dataclass(frozen=True, slots=True)
class _Label:
    meaning: str
    standard_label: str


def normalise_label(text: str, *, classification_id: str) -> LabelMatch:
    """Which group of ``classification_id`` a publisher's label names.

    Case, punctuation, kinds of dash, footnote marks and words such as "ethnic group" make no difference. A label of
    another classification ("Chinese" among five broad groups) has no group here, and is not folded into one: that is
    the work of a crosswalk.

    Raises:
        InputRefused: there is no such classification.
    """
    classification(classification_id)
    label = _label(text)
    if label is None:
        return LabelMatch(text, classification_id, None, None)
    group = _groups().get((classification_id, label.meaning))
    if group is None and label.meaning in SPECIAL_GROUPS:
        group = label.meaning
    return LabelMatch(text, classification_id, group, label.standard_label)


def normalise_label_at_any_level(text: str, *, classification_ids: tuple[str, ...]) -> LabelMatch:
    """Like :func:`normalise_label`, for a column in which several levels stand under each other.

    The finest classification is asked first, so that "Any other ethnic group" is the sixteenth group where both
    sixteen and five groups may occur, and the fifth where only five do. Without any match, the finest one's answer.

    Raises:
        InputRefused: there is no such classification.
    """
    finest_first = sorted(classification_ids, key=lambda each: -len(classification(each).categories))
    matches = [normalise_label(text, classification_id=each) for each in finest_first]
    return next((match for match in matches if match.known), matches[0])


def standard_label(text: str) -> str | None:
    """The label's name in the standard list of the Race Disparity Unit; None when it is not known.

    Three spellings carry a meaning there that only their exact punctuation tells (``tables/label_spellings.csv``);
    they are taken by the letter here, and by their words in :func:`normalise_label`.
    """
    spelling = " ".join(text[: LONGEST_LABEL + 1].casefold().split())
    if spelling in _spellings():
        return _spellings()[spelling]
    label = _label(text)
    return None if label is None else label.standard_label


def _label(text: str) -> _Label | None:
    return _read(text[: LONGEST_LABEL + 1])  # one character more than a label has: enough to see that it is none


@lru_cache(maxsize=4096)
def _read(text: str) -> _Label | None:
    words = label_words(text)
    candidates = [words, _LEVEL_OR_TOTAL.sub("", words)]
    if brackets := _PART_AND_WHOLE.match(text.strip()):
        candidates.append(label_words(f"{brackets['whole']} - {brackets['part']}"))
    return next((_labels()[each] for each in candidates if each in _labels()), None)


@cache
def _labels() -> dict[str, _Label]:
    return {row["words"]: _Label(row["meaning"], row["standard_label"]) for row in reference.rows("labels")}


@cache
def _spellings() -> dict[str, str]:
    return {row["spelling"]: row["standard_label"] for row in reference.rows("label_spellings")}


@cache
def _groups() -> dict[tuple[str, str], str]:
    return {(row["classification"], row["meaning"]): row["group"] for row in reference.rows("label_groups")}
