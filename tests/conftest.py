"""How tests run everywhere.

Random ones without a limit of time for one example, which a busy machine would exceed. And with Ctrl-C heard by the
children of tests: a shell lets a job in the background, and so its children, ignore it.
"""

from __future__ import annotations

import signal

from hypothesis import settings

settings.register_profile("patient", parent=settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("patient")

signal.signal(signal.SIGINT, signal.default_int_handler)
