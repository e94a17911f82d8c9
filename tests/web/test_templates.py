"""Templates use what their context gives, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import meta, nodes

from qa.web.assets import static_dir, templates_dir
from qa.web.contexts import Page
from qa.web.rendering import TEMPLATES, environment

GLOBALS = {"asset_url", "version", "range", "dict", "lipsum", "cycler", "joiner", "namespace"}


def test_every_page_has_a_template_and_every_template_a_page() -> None:
    assert set(TEMPLATES) == set(Page.__args__)
    names = {path.name for path in templates_dir().iterdir()}
    assert names == {*TEMPLATES.values(), "base.html", "_parts.html"}


@pytest.mark.parametrize("page_type", list(TEMPLATES), ids=lambda page_type: page_type.__name__)
def test_a_template_reads_only_fields_of_its_page(page_type: type) -> None:
    made = environment()
    tree = made.parse(Path(templates_dir() / TEMPLATES[page_type]).read_text(encoding="utf-8"))
    imported = {name for node in tree.find_all(nodes.FromImport) for name in node.names}
    assert meta.find_undeclared_variables(tree) - imported <= {"page", *GLOBALS}
    used = {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "page"
    }
    assert used == set(page_type.__dataclass_fields__), "fields that the template lacks, or that nobody shows"


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
