"""The command ``evenhand``: make a release, audit one, check a source, look up indicators, run a statistical method,
show the demonstration.

What a person can put right is one message on standard error and exit code 2. Results go to standard output, progress
to standard error, so that a result can be passed on.
"""

import json
import os
import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperCommand

from evenhand.errors import EvenhandError, InputRefused

if TYPE_CHECKING:
    from evenhand.indicators.specification import Indicator

# The commands import what they need when they run: the solver and SciPy take two seconds that --help has no use for.
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="See racial inequality in public services, from published or protected figures alone.",
)
indicators_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look up what is measured, and how.")
app.add_typer(indicators_app, name="indicators")

Source = Annotated[
    str, typer.Argument(help="The file or folder to read, or the name of a table that comes with Evenhand.")
]
RecipeOption = Annotated[
    str, typer.Option("--recipe", help="The recipe's YAML file, or the name of a recipe that comes with Evenhand.")
]


def main() -> None:
    """Run the command; the entry point of the installed script."""
    try:
        app()
    except EvenhandError as refusal:
        typer.echo(f"evenhand: {refusal}", err=True)
        sys.exit(2)


@app.command()
def release(
    source: Source,
    recipe: RecipeOption,
    out: Annotated[Path, typer.Option("--out", help="The folder in which the release's own folder is made.")],
) -> None:
    """Make a release: a sealed folder of protected figures with their certificate."""
    from evenhand.publication.making import make_release_and_report

    with _progress() as step:
        made, report = make_release_and_report(source, recipe, out, step=step)
    certificate = made.certificate
    for sentence in report.sentences():
        typer.echo(sentence)
    typer.echo(f"Released {made.package.name} in {made.directory}")
    typer.echo(f"  {len(made.observations)} figures of {_number(len(made.indicators), 'indicator')}")
    typer.echo(f"  {certificate.cells} counts, {certificate.hidden} of them hidden")
    typer.echo(f"  digest {certificate.digest}")
    typer.echo(certificate.statement)


@app.command()
def audit(
    directory: Annotated[Path, typer.Argument(help="The folder of a release.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole report as JSON.")] = False,
) -> None:
    """Work a release's certificate out again. Exit code: 0 safe, 1 not safe, 2 unreadable."""
    from evenhand.publication.audit import audit as audit_release

    with _progress() as step:
        step("Working the certificate out again")
        report = audit_release(directory)
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        typer.echo(f"{report.words}: {report.reason}", err=report.exit_code == 2)
    raise typer.Exit(report.exit_code)


@app.command()
def check(source: Source, recipe: RecipeOption) -> None:
    """Say what a release of this source would hold and what of the source was not read, and write nothing."""
    from evenhand.publication.making import check_source

    with _progress() as step:
        checked = check_source(source, recipe, step=step)
    for sentence in checked.report.sentences():
        typer.echo(sentence)
    typer.echo(f"The release {checked.name} would hold {checked.figures} figures:")
    typer.echo(f"  indicators: {', '.join(checked.indicators)}")
    for organisation in checked.organisations:
        typer.echo(f"  {organisation.code} {organisation.name}")
    typer.echo(f"  {checked.cells} counts, {checked.hidden} of them hidden")
    typer.echo("Nothing was written.")


@indicators_app.command("list")
def list_indicators() -> None:
    """List every indicator: its id and its title."""
    from evenhand.indicators import catalogue

    width = max(len(indicator.id) for indicator in catalogue())
    for indicator in catalogue():
        typer.echo(f"{indicator.id:{width}}  {indicator.title}")


@indicators_app.command("show")
def show_indicator(
    indicator_id: Annotated[
        str, typer.Argument(metavar="ID", help="The indicator's id, as `evenhand indicators list` prints it.")
    ],
) -> None:
    """Print an indicator's definitions with their dates, sources and caveats."""
    from evenhand.indicators import indicator

    for line in _definition(indicator(indicator_id)):
        typer.echo(line)


class _WithMethods(TyperCommand):
    """Help that ends with the list of methods, which is looked up when it is asked for."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        from evenhand.stats.methods import METHODS_BY_KIND

        for kind, methods in METHODS_BY_KIND.items():
            with formatter.section(f"Methods: {kind}"):
                formatter.write_dl([(method.name, method.title) for method in methods])


@app.command(cls=_WithMethods)
def stats(
    method: Annotated[
        str | None, typer.Argument(metavar="METHOD", help="The method's name; without it, all are listed.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE", help="A CSV file, or - for standard input; without it, the method is described."
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns", metavar="ROLE=COLUMN", help="Which column is what, with commas between; may be repeated."
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", metavar="COLUMNS", help="Columns that say which rows belong together, with commas between."
        ),
    ] = None,
    order: Annotated[
        str,
        typer.Option(
            "--order", metavar="LABELS", help="The labels of ranked groups or periods in order, with commas between."
        ),
    ] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="An option of the method; may be repeated.")
    ] = None,
    digits: Annotated[
        int | None,
        typer.Option("--digits", min=1, max=17, help="Significant digits of the figures; all when left out."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; standard output when left out.")] = None,
) -> None:
    """Run a statistical method on the columns of a CSV file, and give the result as CSV."""
    from evenhand.stats.methods import method as method_named
    from evenhand.stats.methods.wording import description, listing, pairs, parted

    asked = None if method is None else method_named(method)
    if asked is None or file is None:
        for line in listing() if asked is None else description(asked):
            typer.echo(line)
        return
    from evenhand.stats.csv_tables import read_table, result_text
    from evenhand.stats.methods.run import run_on_table

    chosen = pairs(parted(columns or [], "columns"), "columns", "ROLE=COLUMN")
    options = pairs(settings or [], "set", "NAME=VALUE")
    table = read_table(file)
    result = run_on_table(
        asked.name,
        table,
        chosen,
        by=None if by is None else parted(by, "by"),
        order=parted([order], "order"),
        options=options,
    )
    for note in result.notes:
        typer.echo(note, err=True)
    text = result_text(result, table, digits=digits)
    if out is None:
        typer.echo(text, nl=False)
    else:
        _write(out, text, table=file)


def _write(out: Path, text: str, *, table: str) -> None:
    if out.exists() and Path(table).exists() and out.samefile(table):
        raise InputRefused(f"{out}: is the table itself; another file is right")
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputRefused(f"{out}: cannot be written ({error.strerror})") from error


@app.command()
def demo(
    host: Annotated[str, typer.Option(help="The address to serve at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to serve at.", min=1, max=65535)] = 8000,
    folder: Annotated[Path | None, typer.Option(help="Where the demonstration keeps what it builds.")] = None,
) -> None:
    """Build the demonstration, or reuse what stands, and serve it until Ctrl-C."""
    if folder is not None:
        os.environ["EVENHAND_DATA_DIR"] = str(folder)
    sys.argv = ["evenhand demo", "--host", host, "--port", str(port)]
    # The site is a program of its own beside this one: it is run, not imported.
    runpy.run_module("evenhand.web.demonstration", run_name="__main__")


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being done, while it is being done."""
    console = Console(stderr=True)
    with console.status("") as status:
        yield status.update


def _definition(indicator: "Indicator") -> Iterator[str]:
    yield f"{indicator.title} ({indicator.id})"
    yield indicator.question
    yield f"Domain: {_words(indicator.domain)}. {_words(indicator.direction).capitalize()}."
    yield indicator.rationale
    for version in indicator.versions:
        yield ""
        yield f"From {version.valid_from} to {version.valid_to or 'now'}: {version.unit}"
        yield f"  Counted: {version.numerator.description}"
        if version.denominator is not None:
            yield f"  Out of: {version.denominator.description}"
        if version.allows_for:
            yield f"  Allows for: {', '.join(version.allows_for)}"
        yield f"  Source: {version.source.publisher}, {version.source.title}. {version.source.licence}."
        for caveat in (*version.beside_the_figure, *version.caveats):
            yield f"  Mind: {caveat}"


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _words(id_: str) -> str:
    return id_.replace("_", " ")
