"""``python -m training --out DIR``: reader and verifier from the starting weights to measured files, see training/README.md."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

READER_MINUTES, JOINT_MINUTES, ROUNDS = 340.0, 85.0, 4
SECOND_MINUTES, FOUR_BIT_MINUTES, FOUR_BIT_RATE = 65.0, 25.0, 6e-5
"""What the shipped weights took on two shared cores; the joint minutes are those of one round."""


def steps(arguments: argparse.Namespace) -> Iterator[list[str]]:
    """The commands in order, each without the interpreter; a stopped run goes on where it was when they are given again.

    Every round of the joint training begins at the first height of the learning rate; from the second on, the mean of the weights that
    a round began and ended with goes on.
    """
    data = ["--data", str(arguments.data)] if arguments.data else []
    compiled = ["--compile"] if arguments.compile else []
    so_far = arguments.out / "reader" / "last.pt"
    yield [
        "training.reader", "train", "--checkpoints", str(so_far.parent), "--minutes", str(arguments.reader_minutes),
        "--log", str(arguments.out / "reader.jsonl"), *compiled, *data,
    ]  # fmt: skip
    for number in range(1, arguments.rounds + 1):
        ended = arguments.out / f"joint-{number}" / "last.pt"
        yield [
            "training.verifier", "train", "--start", str(so_far), "--checkpoints", str(ended.parent),
            "--minutes", str(arguments.joint_minutes), "--log", str(arguments.out / f"joint-{number}.jsonl"), *compiled, *data,
        ]  # fmt: skip
        began, so_far = so_far, ended
        if number > 1:
            so_far = arguments.out / f"mean-{number}" / "last.pt"
            yield ["training.verifier", "mean", str(began), str(ended), "--checkpoint", str(so_far)]
    second = so_far
    for name, minutes, further in (
        ("second", arguments.second_minutes, []),
        ("second-in-4-bits", arguments.four_bit_minutes, ["--four-bits", "--rate", str(FOUR_BIT_RATE)]),
    ):
        began, second = second, arguments.out / name / "last.pt"
        yield [
            "training.verifier", "train", "--alone", *further, "--start", str(began), "--checkpoints", str(second.parent),
            "--minutes", str(minutes), "--log", str(arguments.out / f"{name}.jsonl"), *compiled, *data,
        ]  # fmt: skip
    for name, checkpoint, further in (
        ("training.verifier", second, ["--second"]), ("training.verifier", so_far, []), ("training.reader", so_far, []),
    ):  # fmt: skip
        out = str(arguments.out / "shipped")
        yield [name, "export", *further, "--checkpoint", str(checkpoint), "--out", out, *data]
    for name in ("training.reader", "training.verifier"):
        yield [
            name, "measure", "--folder", str(arguments.out / "shipped"),
            "--out", str(arguments.out / f"{name.split('.')[1]}-measures.json"), *data,
            *(["--questions", str(arguments.questions)] if arguments.questions else []),
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
    parser.add_argument("--second-minutes", type=float, default=SECOND_MINUTES, help="of the second verifier")
    parser.add_argument("--four-bit-minutes", type=float, default=FOUR_BIT_MINUTES, help="of it on weights of 4 bits")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of joint training")
    parser.add_argument("--questions", type=int, help="measure on at most so many of each set, to try the run out")
    parser.add_argument("--compile", action="store_true", help="compiled layers; needs a C++ compiler")
    for step in steps(parser.parse_args()):
        print(" ".join(step), flush=True)
        done = subprocess.run([sys.executable, "-m", *step], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
