"""Every command and every option of `evenhand` stands in the reference, under its command."""

from pathlib import Path

import click
import pytest
import typer

from evenhand.cli import app

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/command-line.md"


def commands(group: click.Group, path: str = "evenhand") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found |= commands(command, f"{path} {name}") if hasattr(command, "commands") else {f"{path} {name}": command}
    return found


COMMANDS = commands(typer.main.get_command(app))


def sections() -> dict[str, str]:
    """Heading → the text under it."""
    parts = PAGE.read_text("utf-8").split("\n## ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


def section_of(name: str) -> tuple[str, str]:
    (found,) = [(heading, text) for heading, text in sections().items() if f"{heading} ".startswith(f"{name} ")]
    return found


def test_there_are_the_commands_that_we_know():
    assert set(COMMANDS) >= {"evenhand release", "evenhand audit", "evenhand check", "evenhand demo"}
    assert len(sections()) == len(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section_with_every_option(name):
    heading, text = section_of(name)
    for parameter in COMMANDS[name].params:
        if parameter.param_type_name == "argument":
            assert (parameter.metavar or parameter.name or "").upper()[:3] in heading
        elif parameter.name != "help":
            assert f"- `{parameter.opts[0]}`: " in text, f"{parameter.opts[0]} of {name} is not in {PAGE.name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_names_no_option_that_does_not_exist(name):
    _, text = section_of(name)
    named = {line.split("`")[1] for line in text.splitlines() if line.startswith("- `--")}
    assert named <= {option for parameter in COMMANDS[name].params for option in parameter.opts}
