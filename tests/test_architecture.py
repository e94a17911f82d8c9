"""The arrows between rooms, and what must not be loaded at start."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "qa"
CORE = {"text", "records", "errors", "ports"}
ROOMS = {"reading", "indexing", "search", "answering", "citing", "evaluation"}
HEAVY = {"torch", "faiss", "sqlite3", "onnxruntime", "sentence_transformers", "transformers"}

# Room → what of qa it may import. ``settings`` and ``shapes`` stand beside the facade.
ALLOWED: dict[str, set[str]] = {
    **dict.fromkeys(CORE, CORE),
    **dict.fromkeys(ROOMS, CORE | ROOMS),
    "adapters": CORE | {"models", "adapters"},
    "models": {"errors", "ports", "records", "models"},
    "settings": {"errors"},
    "shapes": CORE | ROOMS,
    "assistant": CORE | ROOMS | {"settings"},
    "bootstrap": CORE | ROOMS | {"adapters", "models", "assistant", "settings"},
    "cli": CORE | ROOMS | {"bootstrap", "assistant", "settings", "shapes", "cli", "web", "__version__"},
    "web": CORE | ROOMS | {"bootstrap", "assistant", "settings", "shapes", "web", "__version__"},
    "__init__": set(),
    "__main__": {"cli"},
}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[str, bool]]:
    """(module, whether it is imported when the file is loaded)."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in inside
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "qa":
                for alias in node.names:
                    yield f"qa.{alias.name}", id(node) not in inside
            else:
                yield node.module, id(node) not in inside


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    own = {room} if room in ROOMS | CORE else set()
    for module, _ in imports_of(path):
        if module == "qa" or module.startswith("qa."):
            target = module.split(".")[1] if "." in module else "__version__"
            assert target in ALLOWED[room] | own, f"{room} imports {module}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_heavy_libraries_stay_under_adapters_and_models(path: Path) -> None:
    used = {module.split(".")[0] for module, _ in imports_of(path)} & HEAVY
    assert not used or room_of(path) in {"adapters", "models"}, used


def test_the_core_uses_the_standard_library_and_numpy_only() -> None:
    for path in modules():
        if room_of(path) in CORE:
            for module, _ in imports_of(path):
                top = module.split(".")[0]
                assert top in sys.stdlib_module_names | {"qa", "numpy", "__future__"}, f"{path.name} imports {module}"


@pytest.mark.parametrize("command", ["import qa", "import qa.cli; qa.cli._register()"])
def test_starting_loads_nothing_heavy(command: str) -> None:
    code = f"{command}\nimport sys\nprint(' '.join(sorted(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not (HEAVY | {"numpy", "fastapi", "uvicorn"}) & set(loaded)
