"""What one changed file of a thousand costs, and how fast files are read. Measured by hand, as it takes minutes.

``python -m tests.indexing.update_cost --files 1000`` builds an index of pages of government reports in a process of its own, changes
one file and builds again; ``--model`` does so with the shipped model, without it the words stand for vectors (the worse share:
embedding makes the first build some ten times longer). ``--reading`` reads .docx and .txt of the shared data without embedding.
The results stand in docs/decisions.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("QA_SHARED", REPOSITORY.parent / "shared")) / "data" / "official-documents"
_BUILD = "import sys; from pathlib import Path; from tests.indexing.test_office_files import index; print(index(*map(Path, sys.argv[1:]))[0])"


def make_corpus(folder: Path, files: int, chars: int = 5000) -> None:
    """``files`` documents of consecutive stretches of the reports, each with a line of its own."""
    text = "".join(
        path.read_text("utf-8", errors="replace") for path in sorted((SHARED / "national-reports").glob("*.txt"))
    )
    for number in range(files):
        start = number * 997 % max(1, len(text) - chars)
        (folder / f"报告{number:04d}.txt").write_text(f"第{number}号报告\n{text[start : start + chars]}\n", "utf-8")


def run(command: Sequence[str]) -> tuple[float, float]:
    """(seconds elapsed, seconds of processor time with all children) of a process."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    elapsed, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    print(done.stdout.strip()[-300:])
    return elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_update(files: int, model: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="qa-update-") as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        corpus.mkdir()
        make_corpus(corpus, files)
        shipped = [sys.executable, "-m", "qa", "index", "--corpus", str(corpus), "--index", str(index)]
        command = shipped if model else [sys.executable, "-c", _BUILD, str(corpus), str(index)]
        full = run(command)
        for number in (files // 2, files // 3):
            changed = corpus / f"报告{number:04d}.txt"
            changed.write_text(changed.read_text("utf-8") + "本次新增一句：引进新品种五百五十六个。\n", "utf-8")
            one = run(command)
            print(
                f"full {full[0]:.1f} s ({full[1]:.1f} s of processor), one of {files} {one[0]:.2f} s ({one[1]:.2f} s): "
                f"{one[0] / full[0]:.2%} of the time, {one[1] / full[1]:.2%} of the processor time"
            )


def measure_reading() -> None:
    from qa.reading import passages_of, read_document
    from qa.reading.loaders.isolated import PARSING

    for suffix in (".docx", ".txt"):
        paths = sorted(SHARED.rglob(f"*{suffix}"))
        before = _processor_s()
        begun, size, chars = time.monotonic(), 0, 0
        for path in paths:
            document = read_document(path, path.parent)
            passages_of(document)
            size, chars = size + path.stat().st_size, chars + len(document.text)
        PARSING.close()  # its time counts when it has ended
        elapsed, processor = time.monotonic() - begun, _processor_s() - before
        print(
            f"{suffix}: {len(paths)} files, {size / 1024**2:.2f} MB, {chars} characters, {elapsed:.1f} s ({processor:.1f} s of processor): "
            f"{size / 1024**2 / elapsed * 60:.0f} MB/min, {size / 1024**2 / processor * 60:.0f} MB a minute of processor time"
        )


def _processor_s() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--reading", action="store_true")
    options = parser.parse_args()
    if options.reading:
        measure_reading()
    else:
        measure_update(options.files, options.model)


if __name__ == "__main__":
    main()
