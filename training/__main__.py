"""``python -m training --out DIR``: reader and verifier from the starting weights to measured files, see training/README.md."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

READER_MINUTES, JOINT_MINUTES = 340.0, 170.0
"""What the shipped weights took on two shared cores."""


def steps(arguments: argparse.Namespace) -> Iterator[list[str]]:
    """The commands in order, each without the interpreter; a stopped run goes on where it was when they are given again."""
    reader, joint = arguments.out / "reader", arguments.out / "joint"
    data = ["--data", str(arguments.data)] if arguments.data else []
    compiled = ["--compile"] if arguments.compile else []
    yield [
        "training.reader", "train", "--checkpoints", str(reader), "--minutes", str(arguments.reader_minutes),
        "--log", str(arguments.out / "reader.jsonl"), *compiled, *data,
    ]  # fmt: skip
    yield [
        "training.verifier", "train", "--start", str(reader / "last.pt"), "--checkpoints", str(joint),
        "--minutes", str(arguments.joint_minutes), "--log", str(arguments.out / "joint.jsonl"), *compiled, *data,
    ]  # fmt: skip
    for name in ("training.verifier", "training.reader"):
        yield [name, "export", "--checkpoint", str(joint / "last.pt"), "--out", str(arguments.out / "shipped"), *data]
    for name in ("training.reader", "training.verifier"):
        yield [
            name, "measure", "--folder", str(arguments.out / "shipped"),
            "--out", str(arguments.out / f"{name.split('.')[1]}-measures.json"), *data,
        ]  # fmt: skip


def main() -> int:
    """Runs the steps one after the other; ends with the first that fails."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "--out", type=Path, required=True, help="checkpoints, logs, the exported files and their measures"
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--reader-minutes", type=float, default=READER_MINUTES)
    parser.add_argument("--joint-minutes", type=float, default=JOINT_MINUTES)
    parser.add_argument("--compile", action="store_true", help="compiled layers; needs a C++ compiler")
    for step in steps(parser.parse_args()):
        print(" ".join(step), flush=True)
        done = subprocess.run([sys.executable, "-m", *step], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
