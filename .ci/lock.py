"""Gives every pin of the lock files the SHA-256 of each file that the package index lists for it.

``make lock``: pins are edited by hand (or frozen from an environment), the hashes are written here by ``uv pip compile --no-deps``.
torch stands apart in requirements-torch.lock, without hashes: its CPU build comes from an index of PyTorch's own (``TORCH_INDEX``),
from PyPI or from a folder, each with another file of the same version; a hash would allow one of them only.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APART = "torch"
HEADS = {
    "requirements.lock": "# Every package of an installation but torch (requirements-torch.lock), each file's hash; written by `make lock`.\n",
    "requirements-test.lock": "# requirements.lock and what tests need; written by `make lock`.\n",
}


def pins(lock: Path) -> list[str]:
    """``name==version`` of every line, hashes left out."""
    return re.findall(r"^([A-Za-z0-9._-]+==[^\s\\;]+)", lock.read_text("utf-8"), re.M)


def hashed(wanted: list[str], python: str) -> str:
    """The pins with their hashes, in the order of names. Raises :class:`subprocess.CalledProcessError`."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "pins.in", Path(folder) / "pins.lock"
        source.write_text("\n".join(wanted) + "\n", "utf-8")
        command = [python, "-m", "uv", "pip", "compile", "--no-deps", "--generate-hashes", "--universal", "--python-version", "3.11",
                   "--no-header", "--no-annotate", "--quiet", str(source), "--output-file", str(target)]  # fmt: skip
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
        return target.read_text("utf-8")


if __name__ == "__main__":
    runtime = [each for each in pins(ROOT / "requirements.lock") if not each.startswith(f"{APART}==")]
    tests = [each for each in pins(ROOT / "requirements-test.lock") if not each.startswith(f"{APART}==")]
    for name, wanted in (("requirements.lock", runtime), ("requirements-test.lock", sorted({*runtime, *tests}))):
        (ROOT / name).write_text(HEADS[name] + hashed(wanted, sys.executable), "utf-8")
