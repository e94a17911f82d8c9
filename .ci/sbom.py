"""Writes docs/sbom.cdx.json: what an installation is made of, as a CycloneDX 1.6 bill of materials.

From requirements.lock and requirements-torch.lock (names, versions, hashes) and the installed packages' own metadata (licence,
what needs what). Run by ``make sbom`` in the project's environment. The output depends on these alone: no time, no random number.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-torch.lock")
TARGET = ROOT / "docs" / "sbom.cdx.json"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def canonical(name: str) -> str:
    """The name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, tuple[str, list[str]]]:
    """Canonical name → (version, SHA-256 of its files)."""
    found: dict[str, tuple[str, list[str]]] = {}
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            pin = _PIN.match(line)
            if pin:
                found[canonical(pin[1])] = (pin[2], _HASH.findall(line))
    return dict(sorted(found.items()))


def licence(name: str) -> list[dict[str, object]]:
    """What the package says of itself: an SPDX expression, or its own words in short."""
    held = metadata.metadata(name)
    expression = held.get("License-Expression")
    if expression:
        return [{"expression": expression}]
    said = [each.split(" :: ")[-1] for each in held.get_all("Classifier") or [] if each.startswith("License ::")]
    own = (held.get("License") or "").strip().splitlines()
    words = said or own[:1]
    return [{"license": {"name": each[:200]}} for each in words if each]


def needs(name: str, names: set[str]) -> list[str]:
    """The locked packages that ``name`` requires; extras and other platforms are those that are not locked."""
    required = {canonical(re.split(r"[\s;<>=!~\[(]", each, maxsplit=1)[0]) for each in metadata.requires(name) or []}
    return sorted(required & names - {name})


def reference(name: str, version: str) -> str:
    """The package URL; torch's 2.13.0+cpu has a sign that is to be escaped there."""
    return f"pkg:pypi/{name}@{quote(version)}"


def bill() -> dict[str, object]:
    """The whole document. Raises :class:`importlib.metadata.PackageNotFoundError` for a package that is not installed."""
    packages, version = locked(), metadata.version("qa")
    own = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.M | re.S)
    direct = {
        canonical(re.split(r"[<>=!~\[]", each, maxsplit=1)[0])
        for each in re.findall(r'"([^"]+)"', own[1] if own else "")
    }
    components = [
        {
            "type": "library",
            "bom-ref": reference(name, pinned),
            "name": name,
            "version": pinned,
            "purl": reference(name, pinned),
            "licenses": licence(name),
            "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
        }
        for name, (pinned, hashes) in packages.items()
    ]
    edges = [
        {
            "ref": reference("qa", version),
            "dependsOn": [reference(n, packages[n][0]) for n in sorted(direct & set(packages))],
        }
    ]
    edges += [
        {
            "ref": reference(name, pinned),
            "dependsOn": [reference(n, packages[n][0]) for n in needs(name, set(packages))],
        }
        for name, (pinned, _) in packages.items()
    ]
    application = {"type": "application", "bom-ref": reference("qa", version), "name": "qa", "version": version,
                   "licenses": [{"license": {"id": "MIT"}}]}  # fmt: skip
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": application},
        "components": components,
        "dependencies": edges,
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(bill(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{TARGET.relative_to(ROOT)}", file=sys.stderr)
