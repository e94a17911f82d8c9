"""One command makes both networks: what one step writes is what the next one reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.__main__ import steps


def test_each_step_reads_what_the_one_before_wrote(tmp_path: Path) -> None:
    given = argparse.Namespace(out=tmp_path, data=None, reader_minutes=2.0, joint_minutes=1.0, compile=True)
    read, joint, first, second, *measured = list(steps(given))
    option = {name: joint[joint.index(name) + 1] for name in ("--start", "--checkpoints")}
    assert Path(option["--start"]).parent == Path(read[read.index("--checkpoints") + 1])
    for export in (first, second):
        assert Path(export[export.index("--checkpoint") + 1]).parent == Path(option["--checkpoints"])
    # the reader's export hashes all files into the manifest: the verifier's has to lie there
    assert (first[0], second[0]) == ("training.verifier", "training.reader")
    folders = {step[step.index(name) + 1] for step, name in ((first, "--out"), (second, "--out"))}
    assert folders == {step[step.index("--folder") + 1] for step in measured}
    assert "--compile" in read
    assert "--compile" in joint
