"""Gives every pin of the lock files the SHA-256 of each file that the package index lists for it.

``make lock``: pins are edited by hand (or frozen from an environment), the hashes are written here by ``uv pip compile --no-deps``.
torch stands apart, since it comes from two places with other files: requirements-torch.lock holds the CPU build of PyTorch's own index
(2.13.0+cpu), whose hashes are kept by hand; requirements-torch-pypi.lock PyPI's files, with the CUDA packages that its Linux build imports.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADS = {
    "requirements.lock": "# Every package of an installation but torch (requirements-torch.lock), each file's hash; written by `make lock`.\n",
    "requirements-torch-pypi.lock": "# torch of PyPI, where there is no CPU build (requirements-torch.lock): on Linux with CUDA; written by `make lock`.\n",
    "requirements-test.lock": "# requirements.lock and what tests need; written by `make lock`.\n",
}


def pins(lock: Path) -> list[str]:
    """``name==version`` of every line, with its marker (``; sys_platform == 'linux'``) where it has one; hashes left out."""
    return [each.strip() for each in re.findall(r"^([A-Za-z0-9._-]+==[^\\\n]+)", lock.read_text("utf-8"), re.M)]


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
    runtime = pins(ROOT / "requirements.lock")
    wanted = {
        "requirements.lock": runtime,
        "requirements-test.lock": sorted({*runtime, *pins(ROOT / "requirements-test.lock")}),
        "requirements-torch-pypi.lock": pins(ROOT / "requirements-torch-pypi.lock"),
    }
    for name, each in wanted.items():
        (ROOT / name).write_text(HEADS[name] + hashed(each, sys.executable), "utf-8")
