"""The documentation is held against the code's own tables: what is there is told, and what is told is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from archive.errors import EXIT_CODES, ScrutinyError
from archive.reasons import REASONS as REASONS_OF_THE_LEDGER
from archive.settings import SETTINGS, Setting
from archive.tallies import Tally
from crawler.fetching.answers import OUTCOMES
from crawler.moderngov.readings import REASONS
from scrutiny import main
from webui.help_page import ARGUMENT_HELP, QUERY_FORMS, QueryForm

ROOT = Path(__file__).parents[1]
CONTEXT = click.Context(main)
COMMANDS = {name: command for name in main.list_commands(CONTEXT) if (command := main.get_command(CONTEXT, name))}
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))


def printed(setting: Setting) -> str:
    default = setting.default
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, int):
        return f"{default:,}"
    return f"{default:g}" if isinstance(default, float) else (f"`{default}`" if default else "none")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_told_as_it_is(setting: Setting) -> None:
    assert f"| `SCRUTINY_{setting.name}` | {printed(setting)} | {setting.unit} | {setting.help} |" in README


def test_no_setting_is_told_that_is_not_there() -> None:
    known = {f"SCRUTINY_{setting.name}" for setting in SETTINGS}
    assert set(re.findall(r"SCRUTINY_[A-Z_]+", README + DOCS)) <= known


@pytest.mark.parametrize(("code", "meaning"), EXIT_CODES)
def test_every_exit_code_is_told(code: int, meaning: str) -> None:
    assert f"| {code} | {meaning} |" in README


def test_every_error_has_a_code_that_is_told() -> None:
    kinds: list[type[ScrutinyError]] = [ScrutinyError, *ScrutinyError.__subclasses__()]
    assert {kind.exit_code for kind in kinds} <= {code for code, _ in EXIT_CODES}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_every_command_and_option_is_told(command: click.Command) -> None:
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `scrutiny {command.name}"))
    assert command.help
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert all(option.help for option in options)
    told = row + ("[search options]" in row) * DOCS
    assert [o.opts[0] for o in options if o.opts[0] not in told] == []


def test_no_command_is_told_that_is_not_there() -> None:
    assert set(re.findall(r"`scrutiny ([a-z]+)", README + DOCS)) <= COMMANDS.keys()


@pytest.mark.parametrize("form", QUERY_FORMS, ids=lambda form: form.name)
def test_every_form_of_query_is_told(form: QueryForm) -> None:
    example = form.example
    assert f"| `{example}` |" in DOCS or not example


@pytest.mark.parametrize(("name", "_help"), ARGUMENT_HELP)
def test_every_argument_of_a_search_is_told(name: str, _help: str) -> None:
    assert f"`{name}=" in DOCS


def test_every_named_reason_is_told() -> None:
    quiet = {"ok", "not-modified", "redirected"}
    rare = {"rejected", "bad-answer", "bad-certificate", "refused-address", "rate-limited"}
    named = {reason for reason, _ in REASONS} | {outcome.name for outcome in OUTCOMES} - quiet - rare
    assert {name for name in named if f"`{name}`" not in DOCS} == set()


@pytest.mark.parametrize(("reason", "meaning"), REASONS_OF_THE_LEDGER)
def test_every_reason_of_the_ledger_is_told(reason: str, meaning: str) -> None:
    assert f"| {reason} | {meaning} |" in DOCS


@pytest.mark.parametrize("name", [*(field.name for field in fields(Tally)), "missing"])
def test_every_number_of_the_ledger_is_told(name: str) -> None:
    assert f"| `{name}` |" in DOCS


def test_links_between_the_documents_lead_somewhere() -> None:
    for place, text in ((ROOT, README), (ROOT / "docs", DOCS)):
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (place / target).exists(), target


def test_the_two_commands_of_the_readme_are_those_of_the_makefile_and_of_ci() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (demo|test-slow|test|bench-large|bench)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert "\nmake test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
