"""What the figures hang on: the processor, the memory, the day, and what else the machine was doing."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Name of the processor, its processors and vector instructions that matter, memory in GB, system, Python and the day."""
    facts = _facts()
    flags = set(facts.get("flags", "").split())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return {
        "processor": facts.get("model name", platform.processor() or platform.machine()),
        "processors": os.cpu_count(),
        "instructions": [
            name for name in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8") if name in flags
        ],
        "memory_gb": round(memory / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "day": date.today().isoformat(),
    }


def load() -> float:
    """How many processes wanted a processor over the last minute; 0 where the system does not tell."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def _facts() -> dict[str, str]:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return {}
    first = lines[: lines.index("")] if "" in lines else lines
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in first)}
