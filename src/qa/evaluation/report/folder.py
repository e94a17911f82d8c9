"""All forms of a report in one folder."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path

from qa.evaluation.report.contents import Report
from qa.evaluation.report.html import html_report
from qa.evaluation.report.json_report import report_object
from qa.evaluation.report.junit import junit_xml
from qa.evaluation.report.markdown import markdown_summary
from qa.evaluation.report.trec import qrels_lines, run_lines
from qa.evaluation.run_record import Run, run_text
from qa.evaluation.whole_files import write_whole

RUNS = "runs"


def run_path(folder: Path, run: Run) -> Path:
    """Where the folder keeps the run: named by its moment (UTC), so that names sort by time."""
    return folder / RUNS / f"{run.started.astimezone(UTC):%Y%m%dT%H%M%S}-{run.identity.half or 'all'}.jsonl"


def write_report(report: Report, folder: Path) -> list[Path]:
    """Write every form and keep the run for later reports; returns the files written, the page first.

    Everything is made before anything is written: an error leaves the last report as it was. Raises :class:`UsageError` where
    the folder cannot be written.
    """
    texts = {
        "report.html": html_report(report),
        "summary.md": markdown_summary(report),
        "report.json": json.dumps(report_object(report), ensure_ascii=False, indent=1) + "\n",
        "junit.xml": junit_xml(report),
        "run.trec": "".join(line + "\n" for line in run_lines(report.run.outcomes)),
        "qrels.trec": "".join(line + "\n" for line in qrels_lines(report.run.outcomes)),
    }
    files = {folder / name: text for name, text in texts.items()}
    files[run_path(folder, report.run)] = run_text(report.run)
    write_whole(files)
    return list(files)
