"""The units and the page for whoever runs a server say what the program understands."""

import re
import shlex
from pathlib import Path

import click
import pytest

from sync_server.cli.main import gridserver

FOLDER = Path(__file__).parents[2] / "packaging" / "server"
UNITS = sorted(path.name for path in FOLDER.glob("*.service"))


def understood(arguments: list[str]) -> str:
    """The command these arguments give; raises where the program would refuse them."""
    context = gridserver.make_context("gridserver", list(arguments))
    name, command, rest = gridserver.resolve_command(context, [*context._protected_args, *context.args])
    assert command is not None
    with command.make_context(name, rest, parent=context):
        return str(name)


def test_there_are_units() -> None:
    assert UNITS == ["gridserver-backup.service", "gridserver.service", "gridserver@.service"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_starts_what_there_is(unit: str) -> None:
    text = (FOLDER / unit).read_text("utf-8").replace("\\\n", " ").replace("%i", "1").replace("%%", "%")
    (line,) = re.findall(r"^ExecStart=(.*)$", text, re.M)
    if "/bin/sh" in line:
        line = shlex.split(line)[2].removeprefix("exec ")
    program, *arguments = shlex.split(line)
    assert program == "/opt/gridserver/bin/gridserver"
    assert understood(arguments) == ("backup" if "backup" in unit else "serve")


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_gives_no_rights_away(unit: str) -> None:
    lines = (FOLDER / unit).read_text("utf-8").splitlines()
    for needed in (
        "User=gridserver",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
        "UMask=0077",
        "LimitCORE=0",
    ):
        assert needed in lines


def test_the_page_gives_commands_that_there_are() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    found = re.findall(r"^    grid (.*)$", text, re.M)
    assert len(found) == 3
    assert {understood(shlex.split(line.replace(" …", " x --recovery-key y"))) for line in found} == {
        "init",
        "restore",
    }


def test_options_that_do_not_exist_would_be_found() -> None:
    with pytest.raises(click.NoSuchOption):
        understood(["--data", "/x", "serve", "--shared"])
