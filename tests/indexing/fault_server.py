"""What is killed: a whole server over a small real library. Loaded once, forked for every kill."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from qa.web.app import create_app
from qa.web.server import serve

from .bigram_library import BigramLibrary
from .fault_child import ANALYZER


def library_in(root: Path) -> BigramLibrary:
    return BigramLibrary(root, analyzer=ANALYZER)


def serve_and_tell(root: Path, told: Connection) -> None:
    """Sends the line with the address as soon as the port is open."""
    library = library_in(root)
    serve(create_app(library.assistant(), update=library.update), port=0, announce=told.send)
