"""What a person types to ask for a method, and what they read about it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from evenhand.errors import InputRefused
from evenhand.stats.methods import METHODS_BY_KIND
from evenhand.stats.methods.method import LabelRole, Method, Role

EXAMPLE_FILE = "FILE.csv"
WIDTH = 120


def parted(texts: Iterable[str], name: str) -> tuple[str, ...]:
    """``a,"b,c"`` as a and ``b,c``; several texts follow each other."""
    try:
        return tuple(part.strip() for parts in csv.reader(texts, strict=True) for part in parts)
    except csv.Error:
        raise InputRefused(
            f"{name}: found a quotation mark that is not closed or stands inside; pairs are right"
        ) from None


def pairs(texts: Iterable[str], name: str, right: str) -> dict[str, str]:
    """``events=detained`` as its two parts; raises InputRefused for anything else, and for a name given twice."""
    found: dict[str, str] = {}
    for text in texts:
        key, sign, value = (part.strip() for part in text.partition("="))
        if not (key and sign and value):
            raise InputRefused(f"{name}: found {text!r}; {right} is right")
        if key in found:
            raise InputRefused(f"{name}: found {key!r} twice; once is right")
        found[key] = value
    return found


def listing() -> Iterator[str]:
    """Every method with one line."""
    width = max(len(method.name) for methods in METHODS_BY_KIND.values() for method in methods)
    for kind, methods in METHODS_BY_KIND.items():
        yield f"{kind[0].upper()}{kind[1:]}:"
        for method in methods:
            yield f"  {method.name:{width}}  {method.title}"
        yield ""
    yield "evenhand stats METHOD says which columns and options a method takes."


def description(method: Method) -> Iterator[str]:
    """Which columns and options the method takes, and how it is asked for."""
    yield f"{method.name}: {method.title}"
    yield ""
    yield "Columns:"
    yield from _in_two_columns([(role.name, _about(role)) for role in method.takes])
    if method.options:
        yield ""
        yield "Options (--set NAME=VALUE):"
        yield from _in_two_columns([(option.name, option.words) for option in method.options])
    yield ""
    yield from _how_rows_belong_together(method)
    yield f"Formulas, sources and where it fails: python -m pydoc {method.module}"
    yield ""
    yield f"  {example(method)}"


def example(method: Method) -> str:
    """A command that asks for the method."""
    asked = [role for role in method.takes if isinstance(role, LabelRole) or role.required]
    columns = ",".join(f"{role.name}=COLUMN" for role in asked)
    chosen = "".join(f" --set {option.name}=VALUE" for option in method.options if option.required)
    return f"evenhand stats {method.name} {EXAMPLE_FILE} --columns {columns}{chosen}"


def _about(role: LabelRole | Role) -> str:
    if isinstance(role, LabelRole):
        return f"{role.meaning}; labels{'; ' if role.order.value else ''}{role.order.value}"
    return f"{role.meaning}; {role.holds.value}{'' if role.required else ' (may be left out)'}"


def _how_rows_belong_together(method: Method) -> Iterator[str]:
    if method.sequence:
        yield "Each row is an event; --by names the columns that tell series apart."
    elif not method.labels:
        yield "Each row stands for itself. The other columns are carried to the result; --by picks some of them."
    else:
        inner = " and ".join(label.name for label in method.sides)
        yield f"A row for each {inner}; --by names the columns that say which rows belong together (area, year)."


def _in_two_columns(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max(len(name) for name, _ in lines)
    for name, words in lines:
        first, *rest = wrap(words, WIDTH - width - 4)
        yield f"  {name:{width}}  {first}"
        yield from (f"{'':{width + 4}}{line}" for line in rest)
