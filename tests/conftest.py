"""How random tests run everywhere: without a limit of time for one example, which a busy machine would exceed."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("patient", parent=settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("patient")
