"""Every command explains itself in both languages."""

import pytest

from kayoi import __version__
from kayoi.commands import COMMANDS
from kayoi.commands.export import PEOPLE_COLUMNS
from kayoi.i18n import translate
from kayoi.published import mart_names
from tests.cli.running import kayoi

OPTIONS = {
    "load": ("warehouse", "lang", "paths", "mapping", "key_file", "json"),
    "guess": ("warehouse", "lang", "guess_file", "guess_out", "guess_table", "guess_set", "json"),
    "templates": ("warehouse", "lang", "templates_out", "templates_table", "json"),
    "build": ("warehouse", "lang", "ruleset", "engine", "json"),
    "export": ("warehouse", "lang", "table", "out", "json"),
    "kpi": ("warehouse", "lang", "region", "as_of", "kpi", "json"),
    "funnel": ("warehouse", "lang", "region", "as_of", "kind", "json"),
    "demo": ("warehouse", "lang", "people", "json"),
    "boundaries": ("warehouse", "lang", "boundary_file", "accept_changed", "once", "json"),
    "doctor": ("warehouse", "lang", "json"),
}


def without_spaces(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_says_what_a_command_and_each_of_its_options_does(command, locale):
    ran = kayoi(command, "--help", "--lang", locale)
    assert (ran.code, ran.err) == (0, "")
    said = without_spaces(ran.out)
    for heading in ("help.options", "help.help"):
        assert without_spaces(translate(locale, f"command.{heading}")) in said
    for key in (command, *(f"option.{option}" for option in OPTIONS.get(command, ("lang",)))):
        assert without_spaces(translate(locale, f"command.{key}")) in said


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_help_lists_every_command(locale, monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", locale)
    ran = kayoi("--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert without_spaces(translate(locale, f"command.{command}")) in without_spaces(ran.out)


def test_the_version_is_the_one_of_the_package():
    assert kayoi("--version").out.split() == ["kayoi", __version__]


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_help_of_an_export_lists_every_table_there_is(valley, tmp_path, locale):
    said = without_spaces(kayoi("export", "--help", "--lang", locale).out)
    listed = said.split(without_spaces(translate(locale, "command.option.table")) + ":")[1]
    names = [*PEOPLE_COLUMNS, "reconciliation", "rejects", *mart_names()]
    assert listed.startswith(",".join(names))
    for name in names:
        assert kayoi("export", name, "--out", tmp_path / f"{name}.csv", "--warehouse", valley).code == 0
