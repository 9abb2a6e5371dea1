"""A publisher's label as plain words, so that punctuation, case, dashes and fillers make no difference.

Conjunctions do make a difference and are kept as ``+``: "Asian other" is one of the Asian groups, "Asian and other" is
two groups in one. The slash of "Asian/Asian British" is such a conjunction; the dash of "Asian - Indian" and the colon
of "Asian: Indian" are not.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST_LABEL: Final = 200  # the longest that a publisher is known to use has under 120 characters

_RAISED: Final = re.compile("[¹²³⁰⁴-⁹]")
_FOOTNOTE: Final = re.compile(r"[\[(](?:note ?\d+|\d+|r|p)[\])]$")
_COLUMN_NOTE: Final = re.compile(r"; measures: value$|\(number\)$")
_APOSTROPHE: Final = re.compile("['’‘]")
_CONJUNCTION: Final = re.compile(r"[&/,+;]|\b(?:and|or)\b")
_BETWEEN_WORDS: Final = re.compile(r"[^\w+]+")
_FILLERS: Final = frozenset(
    ["ethnic", "ethnicity", "ethnicities", "group", "groups", "background", "backgrounds", "category", "categories"]
)

# The broad groups have had four long names in four censuses. What the publishers say in several words, in one.
_SHORT_NAMES: Final = tuple(
    (re.compile(rf"\b{long}\b"), short)
    for long, short in (
        (r"(?:(?:english|welsh|scottish|northern irish)(?: \+)? )+british", "british"),
        (r"asian(?: \+)? asian british(?:(?: \+)? asian welsh)?", "asian"),
        (r"black \+ black british(?: \+ black welsh \+ caribbean \+ african)?", "black"),
        (r"black (?:\+ )?african \+ caribbean(?: \+ black british)?", "black"),
        (r"mixed \+ multiple", "mixed"),
        (r"(?:any )?other (white|mixed|asian|black)", r"\1 other"),  # "any other Asian" and "Asian - any other"
        (r"(white|mixed|asian|black|chinese) \1", r"\1"),  # "Black - any other Black"
        (r"(white|mixed|asian|black) any other", r"\1 other"),
        (r"other (?:any )?other", "any other"),  # "Other ethnic groups - any other ethnic group"
    )
)


def label_words(text: str) -> str:
    """``text`` as lower-case words, one space between them, with ``+`` for "and", "or", "&", "/" and commas.

    Footnote marks, column notes ("(number)", "; measures: Value") and words that tell nothing ("ethnic group",
    "background") are left out; the long names of the broad groups are cut to one word. A text too long to be a label
    has no words.
    """
    if len(text) > LONGEST_LABEL:
        return ""
    text = unicodedata.normalize("NFKC", _RAISED.sub("", text)).casefold()
    text = " ".join(_APOSTROPHE.sub("", text).replace("_", " ").split())
    text = _COLUMN_NOTE.sub("", _FOOTNOTE.sub("", text).strip())
    words = _BETWEEN_WORDS.sub(" ", _CONJUNCTION.sub(" + ", text)).split()
    label = " ".join(_joined(word for word in words if word not in _FILLERS))
    for long, short in _SHORT_NAMES:
        label = long.sub(short, label)
    return label


def _joined(words: Iterable[str]) -> list[str]:
    """``words`` without a conjunction that joins nothing: at either end, or after another (", or")."""
    joined: list[str] = []
    for word in words:
        if word != "+" or (joined and joined[-1] != "+"):
            joined.append(word)
    return joined[:-1] if joined and joined[-1] == "+" else joined
