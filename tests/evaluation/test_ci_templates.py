from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from qa.evaluation.expected import expectation_for, read_expectations
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / "eval" / "ci" / "github-actions.yml"
GITLAB = ROOT / "eval" / "ci" / "gitlab-ci.yml"


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def commands(path: Path) -> list[str]:
    if path == GITHUB:
        return [step["run"] for step in load(path)["jobs"]["eval"]["steps"] if "run" in step]
    return list(load(path)["qa-eval"]["script"])


@pytest.mark.parametrize("path", [GITHUB, GITLAB])
def test_it_installs_indexes_and_holds_the_gate(path: Path) -> None:
    ran = commands(path)
    assert [ran.index(c) for c in ran if c.startswith(("make", ".venv"))] == [0, 1, 2]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert ran[0].split() == ["make", "install"]
    assert "install" in targets
    evaluation = shlex.split(ran[2])
    assert evaluation[1:4] == ["-m", "qa", "eval"]
    assert (ROOT / evaluation[4]).is_file()
    assert "--report" in evaluation
    expected = Path(evaluation[evaluation.index("--expected") + 1])
    plain = evaluation[3 : evaluation.index("--misses")]
    assert expectation_for(read_expectations(ROOT / expected), shlex.join(["qa", *plain]), expected).run is not None


def test_make_runs_the_same_command_as_the_templates() -> None:
    (made,) = re.findall(
        r"^\t@QA_TODAY=(\S+) \$\(QA\) (eval .*) --expected", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    for path in (GITHUB, GITLAB):
        assert made[1] in commands(path)[2]
        assert made[0] in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [GITHUB, GITLAB])
def test_its_settings_are_settings(path: Path) -> None:
    variables = load(path)["jobs"]["eval"]["env"] if path == GITHUB else load(path)["qa-eval"]["variables"]
    ours = {name: value for name, value in variables.items() if name.startswith("QA_")}
    assert Settings.from_environment(ours).today is not None


def test_the_report_is_kept_even_when_the_gate_fails() -> None:
    steps = load(GITHUB)["jobs"]["eval"]["steps"]
    assert [step.get("if") for step in steps[-2:]] == ["always()", "always()"]
    artifacts = load(GITLAB)["qa-eval"]["artifacts"]
    assert artifacts["when"] == "always"
    folder = shlex.split(commands(GITLAB)[2])[-1]
    assert artifacts["reports"]["junit"] == f"{folder}/junit.xml"
