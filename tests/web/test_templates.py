"""Templates use what their context gives, and nothing else."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from jinja2 import meta, nodes

import qa.web
from qa.web.assets import static_dir, templates_dir
from qa.web.contexts import Page
from qa.web.rendering import environment

GLOBALS = {
    "asset_url",
    "version",
    "screens",
    "who",
    "may_open",
    "range",
    "dict",
    "lipsum",
    "cycler",
    "joiner",
    "namespace",
}


def page_types() -> list[type[Page]]:
    """Every context of the application, once all its modules are loaded."""
    for module in pkgutil.iter_modules(qa.web.__path__, "qa.web."):
        importlib.import_module(module.name)
    # A dataclass with slots is made anew by its decorator; the class before that lingers among the subclasses.
    found = [each for each in Page.__subclasses__() if getattr(sys.modules[each.__module__], each.__name__) is each]
    return sorted(found, key=lambda each: each.__name__)


def test_every_page_has_a_template_and_every_template_a_page() -> None:
    used = [each.template for each in page_types()]
    names = {path.name for path in templates_dir().iterdir() if path.name != "base.html" and path.name[0] != "_"}
    assert names == set(used)
    assert len(used) == len(set(used))


@pytest.mark.parametrize("page_type", page_types(), ids=lambda page_type: page_type.__name__)
def test_a_template_reads_only_fields_of_its_page(page_type: type[Page]) -> None:
    made = environment()
    tree = made.parse(Path(templates_dir() / page_type.template).read_text(encoding="utf-8"))
    imported = {name for node in tree.find_all(nodes.FromImport) for name in node.names}
    assert meta.find_undeclared_variables(tree) - imported <= {"page", *GLOBALS}
    used = {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "page"
    }
    assert used == {each.name for each in fields(page_type)}, "fields that the template lacks, or that nobody shows"


def test_nothing_switches_escaping_off() -> None:
    for path in templates_dir().iterdir():
        text = path.read_text(encoding="utf-8")
        assert "autoescape" not in text
        assert "| safe" not in text
        assert "|safe" not in text


def test_static_files_load_nothing_from_elsewhere() -> None:
    for path in static_dir().iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text
        assert "https:" not in text
        assert "@import" not in text
