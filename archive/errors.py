"""What can go wrong in a way a user can mend: each error is one clear line and an exit code.

The exit codes are fixed by the design, section 4, and listed in the README.
"""

from __future__ import annotations

import errno
from typing import ClassVar

# What a system says when there is no space: none left, none for this user, or a limit on the size of files.
OUT_OF_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class ScrutinyError(Exception):
    """A problem told in one line that says what to do."""

    exit_code: ClassVar[int] = 1


class UsageError(ScrutinyError):
    """What was asked for does not exist: an unknown borough, a missing file."""

    exit_code = 2


class OutOfSpaceError(ScrutinyError):
    """The disk is full."""

    exit_code = 3


class SettingsError(ScrutinyError):
    """A setting, a boroughs file or the data folder cannot be used as it is."""

    exit_code = 4


class ActiveRunError(ScrutinyError):
    """Another run holds the lock."""

    exit_code = 5


class PartialError(ScrutinyError):
    """Something that was asked for could not be had; the rest was done."""

    exit_code = 6


class RateLimitedError(ScrutinyError):
    """A council asked to be left alone for a while."""

    exit_code = 7


class IntegrityError(ScrutinyError):
    """What is kept is not what was kept."""

    exit_code = 8


EXIT_CODES: tuple[tuple[int, str], ...] = (
    (0, "done, also for a search without hits"),
    (1, "unexpected: a fault of ours; the line says where to report it"),
    (2, "usage: an unknown borough, a missing file, a wrong option"),
    (3, "out of space"),
    (4, "bad settings, boroughs file or data folder"),
    (5, "another run is active"),
    (6, "partial: something asked for could not be had (wins over 7)"),
    (7, "rate limited: a council asked us to come back later"),
    (8, "integrity problem"),
)
