"""One command makes both networks: what one step writes is what the next one reads."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from training.__main__ import steps


@pytest.mark.parametrize("rounds", [1, 3])
def test_each_step_reads_what_the_one_before_wrote(tmp_path: Path, rounds: int) -> None:
    given = argparse.Namespace(
        out=tmp_path, data=None, reader_minutes=2.0, joint_minutes=1.0, rounds=rounds, questions=40, compile=True,
        second_minutes=1.0, four_bit_minutes=0.5,
    )  # fmt: skip
    *training, of_second, first, second, read_measure, verifier_measure = list(steps(given))
    read, *between, alone, four_bits = training
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
    for step, start in ((alone, written), (four_bits, tmp_path / "second" / "last.pt")):
        assert "--alone" in step
        assert ("--four-bits" in step) == (step is four_bits)
        assert step[step.index("--start") + 1] == str(start)
    assert "--second" in of_second
    assert of_second[of_second.index("--checkpoint") + 1] == str(tmp_path / "second-in-4-bits" / "last.pt")
    # the reader's export hashes all files into the manifest: the verifier's has to lie there
    assert (first[0], second[0]) == ("training.verifier", "training.reader")
    folders = {step[step.index("--out") + 1] for step in (of_second, first, second)}
    assert folders == {step[step.index("--folder") + 1] for step in (read_measure, verifier_measure)}
    assert all(step[step.index("--questions") + 1] == "40" for step in (read_measure, verifier_measure))
    assert all("--compile" in step for step in training if step[1] == "train")
