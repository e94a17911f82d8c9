"""Parts of a page that a script puts in place; without one the same addresses give whole pages."""

from __future__ import annotations

from starlette.requests import Request

HEADER = "hx-request"
"""What our ``swap.js`` (and htmx) sends with a request for a fragment."""


def wants_fragment(request: Request) -> bool:
    """Whether a script asks for the part alone."""
    return request.headers.get(HEADER) == "true"
