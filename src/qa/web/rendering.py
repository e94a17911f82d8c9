"""Page contexts → HTML. Escaping is on everywhere; a name that a template uses and nobody gave is an error."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from qa import __version__
from qa.web.assets import asset_url, templates_dir
from qa.web.contexts import Page
from qa.web.identity import who
from qa.web.navigation import SCREENS
from qa.web.permissions import allows


def environment() -> Environment:
    """The template environment: autoescape, StrictUndefined, ``asset_url``, ``version``, ``screens`` as globals, and ``who()``,
    whose request it is, with ``may_open(path)`` for where they may go."""
    made = Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(asset_url=asset_url, version=__version__, screens=SCREENS, who=who, may_open=_may_open)
    return made


def _may_open(path: str) -> bool:
    return allows(who().role, "GET", path)


class Renderer:
    """Renders pages; made once per application."""

    def __init__(self) -> None:
        self._environment = environment()

    def html(self, page: Page) -> str:
        """The page as a complete document."""
        return self._environment.get_template(page.template).render(page=page)

    def response(self, page: Page, status: int = 200) -> HTMLResponse:
        """The page as a response that the browser asks for anew each time (an index may have been published since)."""
        return HTMLResponse(self.html(page), status, headers={"cache-control": "private, no-cache"})
