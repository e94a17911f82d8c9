from __future__ import annotations

from hypothesis import settings

# The machines that run this are shared: a slow example says nothing.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
