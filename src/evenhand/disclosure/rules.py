"""Rules of disclosure control: which counts are too small to print, written by people in YAML.

The packaged rules stand in ``evenhand/disclosure/rules/``; an organisation may write its own file of the same shape.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from evenhand import strict_yaml
from evenhand.disclosure.attacker import Attacker
from evenhand.disclosure.rounding import round_to_nearest
from evenhand.errors import InputRefused

PACKAGED_RULES = Path(__file__).parent / "rules"


class Zeros(StrEnum):
    """What becomes of a true zero."""

    PRINTED = "printed"  # it stands there as 0, and everybody knows that a hidden count is at least 1
    HIDDEN = "hidden"  # it gets the same symbol as a small count


class Rule(BaseModel):
    """Which counts are hidden, how the others are rounded, and how vague a hidden count has to stay.

    Attributes:
        id: short name, for instance ``nhs5``.
        title: the rule in one sentence, for a page.
        source: who set the rule, and where it can be read.
        small_up_to: counts from 1 to this number are small and never printed.
        round_to: base to which printed counts are rounded; 1 leaves them exact.
        zeros: whether a true zero is printed.
        required_width: largest minus smallest value that an outsider must still consider for every hidden count; 2
            means at least three possible values.
        symbol: what stands in the place of a hidden count. There is one symbol for all of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    small_up_to: Annotated[int, Field(ge=1)]
    round_to: Annotated[int, Field(ge=1)]
    zeros: Zeros
    required_width: Annotated[int, Field(ge=1)] = 2
    symbol: Annotated[str, Field(min_length=1, max_length=3)] = "*"

    @model_validator(mode="after")
    def _a_printed_zero_is_a_true_zero(self) -> Self:
        if round_to_nearest(self.small_up_to + 1, self.round_to) == 0:
            raise ValueError(
                f"a count of {self.small_up_to + 1} would be printed as 0: hide counts up to at least "
                f"{(self.round_to - 1) // 2} when rounding to {self.round_to}"
            )
        return self

    def is_small(self, count: int) -> bool:
        """Whether a true count has to be hidden for its own sake."""
        return (0 if self.zeros is Zeros.HIDDEN else 1) <= count <= self.small_up_to

    def attacker(self) -> Attacker:
        """The strongest outsider the rule allows for: one who has read the rule and every printed figure."""
        return Attacker(
            hidden_smallest=0 if self.zeros is Zeros.HIDDEN else 1,
            printed_smallest=self.small_up_to + 1,
        )


_RULE = TypeAdapter(Rule)


def load_rule(name_or_path: str | Path) -> Rule:
    """The packaged rule of that name (``nhs5``), or the rule in a YAML file.

    Raises:
        InputRefused: there is no such rule or file, or the file does not fit; the message names each fault.
    """
    path = Path(name_or_path)
    if path.suffix in {".yaml", ".yml"}:
        return strict_yaml.load(path, _RULE)
    packaged = sorted(file.stem for file in PACKAGED_RULES.glob("*.yaml"))
    if str(name_or_path) not in packaged:
        raise InputRefused(
            f"there is no disclosure rule {str(name_or_path)!r}. Packaged rules: {', '.join(packaged)}. "
            "A rule of your own is named by the path of its .yaml file."
        )
    return strict_yaml.load(PACKAGED_RULES / f"{name_or_path}.yaml", _RULE)
