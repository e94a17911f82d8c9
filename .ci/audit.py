"""Whether a weakness of a pinned version is known.

``make audit`` asks PyPI through pip-audit. ``make audit OSV=all.zip`` needs no network: it looks into OSV's export of the PyPI
advisories (format: ossf.github.io/osv-schema), fetched elsewhere and carried here. Exit 0: none known; 1: some, each on a line;
2: could not be looked up, so nothing is known.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-torch.lock", "requirements-torch-pypi.lock")
_ELSEWHERE = "在连得上 PyPI 的机器上运行 make audit；或从 OSV 取来 PyPI 的 all.zip，运行 make audit OSV=all.zip"


class NotAudited(Exception):
    """Why it could not be looked up."""


def canonical(name: str) -> str:
    """The name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Canonical name → public version of everything that an installation is made of, wherever torch comes from: advisories know no 2.13.0+cpu."""
    text = "\n".join((ROOT / lock).read_text("utf-8") for lock in LOCKS)
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", text, re.M)
    return {canonical(name): Version(version).public for name, version in found}


def found_in(export: Path, pins: Mapping[str, str]) -> list[str]:
    """What OSV's export says of the pins, a line each. Raises :class:`NotAudited`."""
    try:
        with zipfile.ZipFile(export) as archive:
            records = [json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")]
        newest = max(str(each["modified"]) for each in records)
        told = sorted({line for each in records for line in _told(each, pins)})
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        raise NotAudited(f"{export} 不是 OSV 的 all.zip（{type(error).__name__}：{error}）") from error
    age = (datetime.now(UTC) - datetime.fromisoformat(newest)).days
    print(f"{export}：{len(records)} 条通告，最新 {newest[:10]}（{age} 天前）；核对 {len(pins)} 个包", file=sys.stderr)
    return told


def _told(record: Mapping[str, Any], pins: Mapping[str, str]) -> Iterator[str]:
    if record.get("withdrawn"):
        return
    for affected in record.get("affected", ()):
        package = affected.get("package", {})
        name = canonical(str(package.get("name", "")))
        if package.get("ecosystem") == "PyPI" and name in pins and _concerns(affected, pins[name]):
            aliases = "、".join(record.get("aliases", ())[:3])
            yield f"{name} {pins[name]}：{record['id']}{f'（{aliases}）' if aliases else ''} {record.get('summary', '')}".strip()


def _concerns(affected: Mapping[str, Any], version: str) -> bool:
    """Whether the version is listed or lies in a range (OSV schema, "Evaluation")."""
    return version in affected.get("versions", ()) or any(
        each.get("type") == "ECOSYSTEM" and _within(each.get("events", ()), Version(version))
        for each in affected.get("ranges", ())
    )


def _within(events: list[Mapping[str, str]], version: Version) -> bool:
    inside = False
    placed = ((kind, _place(kind, raw)) for each in events for kind, raw in each.items())
    for kind, at in sorted(((kind, at) for kind, at in placed if at is not None), key=lambda each: each[1]):
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def _place(kind: str, raw: str) -> Version | None:
    """Where an event stands. What can be read of it counts (torch has "2.6.0-NA"); what cannot begins a range, but ends none."""
    try:
        return Version(raw)
    except InvalidVersion:
        readable = re.match(r"\d+(\.\d+)*", raw)
        return Version(readable[0]) if readable else Version("0") if kind == "introduced" else None


def asked_of_pypi(pins: Mapping[str, str]) -> list[str]:
    """What PyPI says of the pins, a line each. Raises :class:`NotAudited` when it does not know every one of them."""
    with tempfile.TemporaryDirectory() as folder:  # without hashes: the files of torch's CPU build are not PyPI's
        plain = Path(folder) / "pins.txt"
        plain.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()), "utf-8")
        options = ["--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off"]
        command = [sys.executable, "-m", "pip_audit", *options, "--requirement", str(plain)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    return read_report(run.stdout, run.stderr, pins)


def read_report(report: str, errors: str, pins: Mapping[str, str]) -> list[str]:
    """The lines of a report of pip-audit. Raises :class:`NotAudited`."""
    try:
        looked_up = {canonical(each["name"]): each for each in json.loads(report)["dependencies"]}
    except (ValueError, KeyError, TypeError) as error:
        raise NotAudited((errors.strip().splitlines() or ["没有说明原因"])[-1][:300]) from error
    missing = [name for name in pins if "vulns" not in looked_up.get(name, {})]
    if missing:
        raise NotAudited(
            f"{len(pins)} 个包里有 {len(missing)} 个查不到（{'、'.join(missing[:5])}……）：连不上 PyPI 的通告"
        )
    return [
        f"{name} {each['version']}：{found['id']}，改好的版本 {'、'.join(found['fix_versions']) or '还没有'}"
        for name, each in looked_up.items()
        for found in each["vulns"]
    ]


def main(export: str) -> int:
    try:
        pins = pinned()
        told = found_in(Path(export), pins) if export else asked_of_pypi(pins)
    except NotAudited as error:
        print(f"没有核对依赖的安全通告：{error}。{_ELSEWHERE}", file=sys.stderr)
        return 2
    print("\n".join(told) or f"{len(pins)} 个包没有已知的安全问题")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
