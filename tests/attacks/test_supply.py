"""What is installed: pinned, hashed, listed in the bill of materials."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path
from urllib.parse import quote

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)(?: ;[^\\\n]*)?((?:\s*\\?\s*--hash=sha256:[0-9a-f]{64})*)", re.M)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Canonical name → (version, how many hashes)."""
    text = (ROOT / lock).read_text("utf-8")
    found = {canonical(name): (version, hashes.count("--hash")) for name, version, hashes in PIN.findall(text)}
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert len(found) == len(lines), "a line that is no pin"
    return found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_pin_has_the_hashes_of_its_files(lock: str) -> None:
    """Missing hashes after a change of the pins: ``make lock``."""
    held = pins(lock)
    assert len(held) > 50
    assert [name for name, (_, hashes) in held.items() if not hashes] == []
    assert "torch" not in held  # from two places: below
    assert "http" not in re.sub(r"(?m)^httpcore2?.*|^httpx2?.*", "", (ROOT / lock).read_text("utf-8"))


def test_torch_is_one_version_with_hashes_wherever_it_comes_from() -> None:
    own, pypi = pins("requirements-torch.lock"), pins("requirements-torch-pypi.lock")
    assert list(own) == ["torch"]
    assert own["torch"][0] == f"{pypi['torch'][0]}+cpu"
    assert own["torch"][1] >= 22
    assert [name for name, (_, hashes) in pypi.items() if not hashes] == []
    assert metadata.version("torch") in {own["torch"][0], pypi["torch"][0]}
    cuda = [
        canonical(re.split(r"[\s<>=!~\[(;]", each, maxsplit=1)[0])
        for each in metadata.requires("torch") or []
        if "linux" in each
    ]
    assert set(cuda) <= set(pypi)  # what PyPI's build needs besides; the CPU build's metadata names none


def test_nothing_is_installed_without_a_hash() -> None:
    """Every ``pip install`` of packages goes through the one definition that demands hashes; the project itself has no other."""
    made = (ROOT / "Makefile").read_text("utf-8")
    definition = re.search(r"^INSTALL := (.*)$", made, re.M)
    assert definition is not None
    assert "--require-hashes --no-deps" in definition[1]
    recipe = made[made.index(".venv/installed:") : made.index("\ninstall:")]
    assert re.findall(r"pip install.*", recipe) == [
        "pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable ."
    ]


def test_tests_run_on_the_same_versions() -> None:
    product, tests = pins("requirements.lock"), pins("requirements-test.lock")
    assert {name: tests.get(name) for name in product} == product


def test_the_locks_hold_all_that_their_packages_need() -> None:
    """Installed with ``--no-deps``, a package that is missing would be found out by its first import."""
    held = {**pins("requirements.lock"), **pins("requirements-torch.lock")}
    for name in held:
        for needed in metadata.requires(name) or []:
            if ";" not in needed:
                assert canonical(re.split(r"[\s<>=!~\[(]", needed, maxsplit=1)[0]) in held, f"{name} needs {needed}"


def test_the_bill_of_materials_agrees_with_the_locks() -> None:
    """After a change of the pins: ``make sbom``."""
    bill = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    held = {**pins("requirements.lock"), **pins("requirements-torch.lock")}
    listed = {each["name"]: (each["version"], len(each["hashes"])) for each in bill["components"]}
    assert listed == held
    references = {each["bom-ref"] for each in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert {each["ref"] for each in bill["dependencies"]} == references
    assert {needed for each in bill["dependencies"] for needed in each["dependsOn"]} <= references
    assert all(each["purl"] == f"pkg:pypi/{each['name']}@{quote(each['version'])}" for each in bill["components"])
    assert [each["name"] for each in bill["components"] if not each["licenses"]] == []
