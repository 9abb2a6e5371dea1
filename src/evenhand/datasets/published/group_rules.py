"""The part of a mapping that says which group a row or a column is about."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from evenhand.errors import InputRefused
from evenhand.ethnicity import SPECIAL_GROUPS, TOTAL, classification

_STRICT = ConfigDict(extra="forbid")
Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, config=_STRICT)
class GroupLabel:
    """The group that a label stands for in this source, where the label alone does not tell.

    ``added``: other labels mean the same group ("Not known", "Missing"), and their counts are added up.
    """

    group: Text
    classification: Text
    added: bool = False

    @model_validator(mode="after")
    def _exists(self) -> Self:
        if self.group not in SPECIAL_GROUPS:
            _check_group(self.classification, self.group)
        elif self.classification != TOTAL:
            _check_group(self.classification)
        return self


def _check_group(classification_id: str, group: str | None = None) -> None:
    """Turn the refusal of an unknown id into a fault of the mapping, so that it is shown with its place in the file."""
    try:
        known = classification(classification_id)
        if group is not None:
            known.category(group)
    except InputRefused as error:
        raise ValueError(str(error)) from error


@dataclass(frozen=True, config=_STRICT)
class Breakdown:
    """One way in which the source splits its figures.

    Attributes:
        names: the texts of the breakdown column that mean it; empty when there is no such column.
        kind: ``ethnicity`` is loaded; ``total`` is loaded as everybody; ``other`` (age, gender …) is not loaded, but
            its labels are checked, since a label in the wrong place is how damage shows.
        classifications: for ethnicity: of each label column, or, with one label column, all that its labels come from.
        labels: labels whose group the source means otherwise than the label alone says.
        vocabulary: the labels of a total or of another breakdown; empty: any.
    """

    kind: Literal["ethnicity", "total", "other"]
    names: tuple[str, ...] = ()
    classifications: tuple[Text, ...] = ()
    labels: dict[str, GroupLabel] = Field(default_factory=dict)
    vocabulary: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.kind == "ethnicity") != bool(self.classifications):
            raise ValueError("classifications are given exactly for kind ethnicity")
        if self.kind != "ethnicity" and self.labels:
            raise ValueError("labels are for kind ethnicity; a total and other breakdowns have a vocabulary")
        for each in self.classifications:
            _check_group(each)
        return self


@dataclass(frozen=True, config=_STRICT)
class GroupRule:
    """Where the group stands. Without a rule, every figure is about everybody.

    Attributes:
        column: the breakdown column ("Ethnicity", "Age" …), when the source has one.
        label_columns: the first of them that is not blank (or one of ``blank``) holds the label.
        unknown_labels: what happens to a label that is not known: its row is set aside, or the source is refused.
    """

    breakdowns: Annotated[tuple[Breakdown, ...], Field(min_length=1)]
    column: str | None = None
    label_columns: tuple[Text, ...] = ()
    blank: tuple[str, ...] = ()
    unknown_labels: Literal["set_aside", "refuse"] = "set_aside"

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for breakdown in self.breakdowns:
            if (self.column is None) == bool(breakdown.names):
                raise ValueError("a breakdown has names exactly when there is a breakdown column")
            if len(self.label_columns) > 1 and len(breakdown.classifications) not in (0, len(self.label_columns)):
                raise ValueError("with several label columns, give one classification for each")
        if self.column is None and len(self.breakdowns) > 1:
            raise ValueError("several breakdowns need a breakdown column")
        return self
