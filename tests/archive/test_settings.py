"""The table of settings is what the program reads, and a wrong value is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from archive.errors import SettingsError
from archive.settings import SETTINGS, Settings, data_folder, read_settings


def test_the_table_and_the_settings_are_the_same_and_in_order() -> None:
    names = [setting.name for setting in SETTINGS]
    assert names == sorted(names)
    assert [field.name for field in fields(Settings)] == [name.lower() for name in names]
    assert all(setting.unit and setting.help for setting in SETTINGS)


def test_without_an_environment_the_defaults_hold() -> None:
    read = read_settings({})
    assert all(
        getattr(read, s.name.lower()) == s.default and type(getattr(read, s.name.lower())) is type(s.default)
        for s in SETTINGS
    )


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("HOST_DELAY_S", "0", 0.0),
        ("HOST_DELAY_S", " 4.5 ", 4.5),
        ("REQUESTS_PER_RUN", "12", 12),
        ("ALLOW_LOOPBACK", "yes", True),
        ("ALLOW_LOOPBACK", "0", False),
        ("CONTACT", "mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_the_environment_sets_a_setting(name: str, given: str, read: object) -> None:
    assert getattr(read_settings({f"SCRUTINY_{name}": given}), name.lower()) == read


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("HOST_DELAY_S", "soon"),
        ("HOST_DELAY_S", "-1"),
        ("HOST_DELAY_S", "nan"),
        ("HOST_DELAY_S", "inf"),
        ("REQUESTS_PER_RUN", "1.5"),
        ("ALLOW_LOOPBACK", "perhaps"),
        ("CONTACT", "me\r\nX-Evil: 1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, given: str) -> None:
    with pytest.raises(SettingsError, match=f"SCRUTINY_{name}"):
        read_settings({f"SCRUTINY_{name}": given})


def test_the_data_folder_is_what_was_given_or_set_or_the_platforms_own() -> None:
    assert data_folder(Path("here"), read_settings({"SCRUTINY_DATA": "there"})) == Path("here")
    assert data_folder(None, read_settings({"SCRUTINY_DATA": "there"})) == Path("there")
    assert data_folder(None, read_settings({})).name == "scrutiny"
