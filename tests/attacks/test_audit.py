"""``make audit``: known weaknesses are listed, and not having looked is never taken for none."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINS = {"starlette": "1.2.3", "torch": "2.13.0"}


@pytest.fixture(scope="module")
def audit() -> Any:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def record(name: str, number: int, **affected: Any) -> dict[str, Any]:
    package = {"package": {"ecosystem": affected.pop("ecosystem", "PyPI"), "name": name}}
    return {
        "id": f"PYSEC-2026-{number}",
        "modified": "2026-11-01T00:00:00Z",
        "aliases": [f"CVE-2026-{number}"],
        "summary": "says what",
        "affected": [package | affected],
    }


def between(*events: tuple[str, str]) -> dict[str, Any]:
    return {"ranges": [{"type": "ECOSYSTEM", "events": [{kind: version} for kind, version in events]}]}


def export(path: Path, *records: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for each in records:
            archive.writestr(f"{each['id']}.json", json.dumps(each))
    return path


@pytest.mark.parametrize(
    ("affected", "concerned"),
    [
        ({"versions": ["1.2.3"]}, True),
        ({"versions": ["1.2.2"]}, False),
        (between(("introduced", "0")), True),
        (between(("introduced", "0"), ("fixed", "1.2.3")), False),
        (between(("introduced", "0"), ("fixed", "1.10.0")), True),
        (between(("introduced", "1.2.4")), False),
        (between(("introduced", "1.0"), ("last_affected", "1.2.3")), True),
        (between(("introduced", "1.0"), ("last_affected", "1.2.2")), False),
        (between(("introduced", "0"), ("last_affected", "1.2.3-NA")), True),
        (between(("introduced", "0"), ("last_affected", "1.2.2-cu124")), False),
        (between(("introduced", "0"), ("fixed", "ciflow/trunk")), True),
        (between(("introduced", "unknown"), ("fixed", "1.2.4")), True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {}]}]}, True),
        (between(("introduced", "0"), ("fixed", "1.1"), ("introduced", "1.2"), ("fixed", "1.3")), True),
        (between(("introduced", "0"), ("fixed", "1.1"), ("introduced", "1.3"), ("fixed", "1.4")), False),
        ({"versions": ["1.2.3"], "ecosystem": "npm"}, False),
    ],
)
def test_a_carried_export_tells_which_pins_are_concerned(
    audit: Any, tmp_path: Path, affected: dict[str, Any], concerned: bool
) -> None:
    made = export(tmp_path / "all.zip", record("Starlette", 1, **affected), record("other", 2, versions=["1.2.3"]))
    told = ["starlette 1.2.3：PYSEC-2026-1（CVE-2026-1） says what"]
    assert audit.found_in(made, PINS) == (told if concerned else [])


def test_a_withdrawn_one_is_none(audit: Any, tmp_path: Path) -> None:
    withdrawn = record("starlette", 1, versions=["1.2.3"]) | {"withdrawn": "2026-11-02T00:00:00Z"}
    assert audit.found_in(export(tmp_path / "all.zip", withdrawn), PINS) == []


@pytest.mark.parametrize("data", [b"", b"no archive", b'{"id": 1}'])
def test_what_is_no_export_is_not_taken_for_one_without_findings(audit: Any, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "all.zip").write_bytes(data)
    assert audit.main(str(tmp_path / "all.zip")) == 2
    assert audit.main(str(tmp_path / "missing.zip")) == 2
    assert audit.main(str(export(tmp_path / "empty.zip"))) == 2


def test_a_report_of_pip_audit_is_read(audit: Any) -> None:
    def report(*dependencies: dict[str, Any]) -> str:
        return json.dumps({"dependencies": dependencies})

    sound = {"name": "Starlette", "version": "1.2.3", "vulns": []}
    weak = {"name": "torch", "version": "2.13.0", "vulns": [{"id": "PYSEC-2026-9", "fix_versions": ["2.14"]}]}
    assert audit.read_report(report(sound, weak), "", PINS) == ["torch 2.13.0：PYSEC-2026-9，改好的版本 2.14"]
    assert audit.read_report(report(sound, weak | {"vulns": []}), "", PINS) == []
    with pytest.raises(audit.NotAudited, match="1 个查不到（torch"):
        audit.read_report(report(sound, {"name": "torch", "skip_reason": "not found on PyPI"}), "", PINS)
    with pytest.raises(audit.NotAudited, match="ConnectionError"):
        audit.read_report("", "WARNING: x\nConnectionError: no route", PINS)


def test_every_pin_is_looked_up(audit: Any) -> None:
    assert len(audit.pinned()) > 50
    assert "torch" in audit.pinned()
