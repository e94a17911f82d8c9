"""One command makes both networks: what one step writes is what the next one reads."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from training.__main__ import steps


@pytest.mark.parametrize("rounds", [1, 3])
def test_each_step_reads_what_the_one_before_wrote(tmp_path: Path, rounds: int) -> None:
    given = argparse.Namespace(
        out=tmp_path, data=None, reader_minutes=2.0, joint_minutes=1.0, rounds=rounds, questions=40, compile=True
    )
    read, *between, first, second, read_measure, verifier_measure = list(steps(given))
    began = written = Path(read[read.index("--checkpoints") + 1]) / "last.pt"
    for step in between:
        if step[1] == "mean":
            assert step[2:4] == [str(began), str(written)]
            written = Path(step[step.index("--checkpoint") + 1])
        else:
            began = written
            assert step[step.index("--start") + 1] == str(began)
            written = Path(step[step.index("--checkpoints") + 1]) / "last.pt"
    assert [step[1] for step in between] == ["train", *["train", "mean"] * (rounds - 1)]
    assert all(export[export.index("--checkpoint") + 1] == str(written) for export in (first, second))
    # the reader's export hashes all files into the manifest: the verifier's has to lie there
    assert (first[0], second[0]) == ("training.verifier", "training.reader")
    folders = {step[step.index(name) + 1] for step, name in ((first, "--out"), (second, "--out"))}
    assert folders == {step[step.index("--folder") + 1] for step in (read_measure, verifier_measure)}
    assert all(step[step.index("--questions") + 1] == "40" for step in (read_measure, verifier_measure))
    assert all("--compile" in step for step in (read, *between) if step[1] == "train")
