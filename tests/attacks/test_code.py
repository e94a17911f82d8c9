"""What our code never does, read from its syntax: unpickle, evaluate, fetch, build templates or shell commands of strings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "qa"
MODULES = sorted(SOURCE.rglob("*.py"))

UNPICKLERS = {"pickle", "cPickle", "_pickle", "shelve", "marshal", "dill", "cloudpickle", "joblib", "pandas"}
FETCHERS = {"urllib.request", "http.client", "ftplib", "smtplib", "requests", "httpx", "httpx2", "aiohttp", "urllib3", "websockets",
            "webbrowser", "xmlrpc", "telnetlib", "imaplib", "poplib"}  # fmt: skip
MAY_FETCH = {
    "models/resolve.py": {"huggingface_hub"},  # only for a QA_MODEL that names a model of the hub and lies in no cache
}
MAY_READ_TEMPLATES = {"evaluation/report/html.py"}  # its text is a file of the package
WRITES_XML = {"evaluation/report/junit.py"}
MAY_LISTEN = {"web/server.py"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(dotted name as it is written, the call)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def keywords(call: ast.Call) -> dict[str, object]:
    return {each.arg: getattr(each.value, "value", each.value) for each in call.keywords if each.arg}


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in MODULES}


def is_of(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def test_nothing_is_unpickled(trees: dict[str, ast.Module]) -> None:
    """Models are safetensors and ONNX, vectors FAISS and .npy without objects, the rest JSON and SQLite."""
    for name, tree in trees.items():
        assert not [module for module in imported(tree) if is_of(module, UNPICKLERS)], name
        for called, call in calls(tree):
            given = keywords(call)
            assert given.get("allow_pickle", False) is False, f"{name}: {called}"
            assert not called.endswith("torch.load") or given.get("weights_only") is True, f"{name}: {called}"
            assert called not in {"yaml.load", "yaml.unsafe_load", "yaml.full_load"}, f"{name}: {called}"
            assert given.get("trust_remote_code", False) is False, f"{name}: {called}"


def test_no_string_is_run(trees: dict[str, ast.Module]) -> None:
    for name, tree in trees.items():
        for called, call in calls(tree):
            assert called not in {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}, f"{name}: {called}"
            assert keywords(call).get("shell", False) is False, f"{name}: {called}"


def test_templates_are_files_only(trees: dict[str, ast.Module]) -> None:
    for name, tree in trees.items():
        for called, _ in calls(tree):
            if called.endswith((".from_string", "Template", "Markup")):
                assert name in MAY_READ_TEMPLATES, f"{name}: {called}"


def test_nothing_fetches(trees: dict[str, ast.Module]) -> None:
    for name, tree in trees.items():
        modules = set(imported(tree))
        assert not [each for each in modules if is_of(each, FETCHERS)], name
        assert is_of("huggingface_hub", modules) <= (name in MAY_FETCH), name
        assert not is_of("socket", modules) or name in MAY_LISTEN, name


def test_xml_is_parsed_without_entities_and_network(trees: dict[str, ast.Module]) -> None:
    found = 0
    for name, tree in trees.items():
        parsers = [each for each in imported(tree) if is_of(each, {"xml.sax", "xml.dom", "xml.etree", "xml.parsers"})]
        writers = ("xml.sax.saxutils", "xml.etree") if name in WRITES_XML else ("xml.sax.saxutils",)
        assert not [each for each in parsers if not each.startswith(writers)], name
        for called, call in calls(tree):
            given = keywords(call)
            if called.endswith("XMLParser"):
                found += 1
                assert given["resolve_entities"] is False, name
                assert given["no_network"] is True, name
                assert given["huge_tree"] is False, name
            if called.endswith("HTMLParser") and "lxml" in called:
                found += 1
                assert given["no_network"] is True, name
    assert found >= 2, "the parsers were not found"
    for name, tree in trees.items():
        for called, call in calls(tree):
            if called.endswith(
                ("etree.fromstring", "etree.parse", "etree.XML", "ElementTree.parse", "ElementTree.fromstring")
            ):
                assert len(call.args) > 1 or "parser" in keywords(call), f"{name}: {called} without a parser of ours"


def test_archives_are_never_unpacked_to_disk(trees: dict[str, ast.Module]) -> None:
    for name, tree in trees.items():
        for called, _ in calls(tree):
            assert not called.endswith((".extract", ".extractall", "unpack_archive")), f"{name}: {called}"
