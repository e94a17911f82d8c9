"""A virtual environment for each peer, with exactly the versions of ``requirements/``, outside the checkout."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "requirements"


def python_of(environment: str, cache: Path, torch_index: str = "") -> Path:
    """The interpreter of ``environment``, installed at the first call; the running one for an empty name.

    torch comes first and by itself, from ``torch_index`` where one is given (PyTorch's CPU packages): an ordinary index brings
    several GB of CUDA with it on Linux. Raises :class:`subprocess.CalledProcessError` when pip cannot install.
    """
    if not environment:
        return Path(sys.executable)
    requirements = REQUIREMENTS / f"{environment}.txt"
    folder = cache / "venv" / environment
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    installed = folder / "installed"
    if installed.is_file() and installed.read_text() == wanted:
        return python
    print(f"安装 {environment}（首次约几分钟）", file=sys.stderr, flush=True)
    venv.create(folder, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for line in requirements.read_text().splitlines():
        if line.startswith("torch=="):
            subprocess.run([*install, *(["--index-url", torch_index] if torch_index else []), line], check=True)
    subprocess.run([*install, "--requirement", str(requirements)], check=True)
    installed.write_text(wanted)
    return python
