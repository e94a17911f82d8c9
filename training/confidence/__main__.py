"""``python -m training.confidence``: prints RULES, TRAINED and GENERAL of qa.answering.confidence; see training/README.md."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from qa.answering.confidence import GENERAL, RULES, TRAINED, Model
from qa.records import AnswerKind
from training.confidence.asking import (
    bulletin_cases,
    dev_cases,
    foreign_cases,
    general_cases,
    public_cases,
    written_cases,
)
from training.confidence.cases import FOLDS, SIGNALS, Case, Flags, Vector
from training.confidence.fitting import GROUPS, L2, choose, fit_choice, fit_trust, recalibrated, told, trusted
from training.confidence.written import HALVES

SETS = tuple(Path("eval") / f"ordos{number}.jsonl" for number in ("", "-2", "-3", "-4", "-5", "-6", "-7"))
SHORT = ("fit", "support", "passage", "rank")
CLAUSE = (*SHORT, "slot", "cue", "announces", "focus", "whole")
GENERAL_L2 = 10.0
FOREIGN_COUNTS = (
    0.3  # of a question on other documents: together they count about as much as the unanswerable ones of the sets
)
TRAP_COUNTS = (
    0.4  # of a trap among the written questions, of which there are as many as such that have an answer, or more
)
WRITTEN_TIMES = 3
"""How often a written question counts when weights are fitted: on its documents the guards and candidates are as good as on any other,
on those of the dev sets better, so that these alone would teach too little trust in the networks."""
READ = ("trained", "relevance", "told", "unread")
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.confidence", description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path, default=list(SETS))
    parser.add_argument("--reader", choices=("rules", "trained", "both"), default="both")
    parser.add_argument(
        "--public", type=Path,
        help="folder of a built collection (`qa eval bench cmrc2018 --part trial --limit 120`) with corpus/ and index/; 150 of the "
        "questions of QA_SHARED's cmrc2018/trial.json join the choice of the trained reader, so that it does not lean on rules made here alone",
    )  # fmt: skip
    parser.add_argument(
        "--general", type=Path,
        help="folder of the whole trial collection (`qa eval bench cmrc2018 --part trial`): every second question fits GENERAL, together "
        "with --bulletins",
    )  # fmt: skip
    parser.add_argument(
        "--written", type=Path,
        help="folder with corpus/ and index/ of the official documents kept aside: half of the questions written on them fit weights, "
        "the other half is reported on",
    )  # fmt: skip
    parser.add_argument(
        "--bulletins", type=Path,
        help="the same of the invented bulletins that are not trained on (`python -m training.confidence.bulletins FOLDER` writes them): the "
        "questions on half of them fit the trust of GENERAL, those on the others are reported on",
    )  # fmt: skip
    parser.add_argument(
        "--keep-choice", action="store_true", help="the weights of the choice stay those that ship, only the trust is fitted"
    )  # fmt: skip
    parser.add_argument("--cache", type=Path, help="folder where the candidates are kept, to fit again without asking")
    arguments = parser.parse_args()
    for reader in ("rules", "trained") if arguments.reader == "both" else (arguments.reader,):
        cases = dev_cases(arguments.sets, reader, arguments.cache)
        public = public_cases(arguments.public, arguments.cache) if arguments.public and reader == "trained" else []
        written = written_cases(arguments.written, reader, "fit", arguments.cache) if arguments.written else []
        written = [replace(case, times=WRITTEN_TIMES) for case in written]
        foreign = foreign_cases(reader, arguments.cache)
        cases += written
        # The order is learnt from all of them, the probability from the sets and the foreign questions: it is that of a library for
        # which guards and candidates are made.
        counts = [1.0] * (len(cases) - len(written)) + [0.0] * len(written) + [FOREIGN_COUNTS] * len(foreign)
        extra = READ if reader == "trained" else ()
        used: dict[str, Sequence[str]] = {"clause": (*CLAUSE, *extra), "short": (*SHORT, *extra)}
        trust = ("fit", "support", "rank", *extra, *(f"{name}|support" for name in extra[:2]), "fit*missing")
        trust += ("denied",) if extra else ()
        trust += tuple(kind.value for kind in AnswerKind)
        shipped = _shipped({"rules": RULES, "trained": TRAINED}[reader]) if arguments.keep_choice else None
        chosen = [_best(case, shipped[case.group]) for case in cases] if shipped else choose(cases, used, public)
        print(f"# {reader}: {len(cases)} dev questions, {FOLDS} folds by section")
        weights = shipped or {group: fit_choice(_of(group, cases, public), used[group], L2[group]) for group in GROUPS}
        picked = [*chosen, *(_best(case, weights[case.group]) for case in foreign)]
        asked = [*cases, *foreign]
        confidence = trusted(asked, picked, trust, counts)
        dev = len(cases) - len(written)
        _report(cases[:dev], chosen[:dev], confidence[:dev], confidence[len(cases) :])
        if written:
            print("# written questions that fit, by the weights of the other folds")
            _report(cases[dev:], chosen[dev:], confidence[dev : len(cases)], confidence[len(cases) :])
        fitted = recalibrated(fit_trust(asked, picked, trust), asked, picked, counts)
        _print_model(reader.upper(), weights, used, fitted)
        if arguments.written:
            kept = written_cases(arguments.written, reader, "kept", arguments.cache)
            print("# written questions that were kept")
            _report(kept, *_told_by(weights, fitted, kept), confidence[len(cases) :])
        if arguments.general and arguments.bulletins and reader == "trained":
            general = general_cases(arguments.general, arguments.cache)
            invented = {half: bulletin_cases(arguments.bulletins, half, arguments.cache) for half in HALVES}
            choice = _shipped(GENERAL) if arguments.keep_choice else None
            _print_general(general, invented["fit"], invented["kept"], used, trust, choice)


def _shipped(model: Model) -> dict[str, Vector]:
    """The weights of the choice that ``model`` has, (len(SIGNALS),) a group."""
    by_group = {"clause": model.clause, "short": model.short}
    return {group: np.array([weights.get(name, 0.0) for name in SIGNALS]) for group, weights in by_group.items()}


def _print_general(
    public: Sequence[Case],
    invented: Sequence[Case],
    kept: Sequence[Case],
    used: Mapping[str, Sequence[str]],
    trust: Sequence[str],
    choice: Mapping[str, Vector] | None,
) -> None:
    """The choice on text that is no official document, fitted on public questions alone where it is not given, and the trust in it, fitted
    on these and on ``invented`` bulletins, where half of the questions are traps.
    """
    weights = choice or {group: fit_choice(_of(group, public), used[group], GENERAL_L2) for group in GROUPS}
    cases = [*public, *invented]
    chosen = [_best(case, weights[case.group]) for case in cases]
    counts = [1.0 if case.answerable else TRAP_COUNTS for case in cases]
    fitted = recalibrated(fit_trust(cases, chosen, trust), cases, chosen, counts)
    _print_model("GENERAL", weights, used, fitted)
    for name, among in (("public questions, fitted on", public), ("questions on bulletins that were kept", kept)):
        print(f"# {name}")
        _report(among, *_told_by(weights, fitted, among), np.empty(0))


def _told_by(weights: Mapping[str, Vector], trust: dict[str, float], cases: Sequence[Case]) -> tuple[list[int], Vector]:
    """Each case's chosen candidate, −1 for none, and the confidence in it."""
    best = [_best(case, weights[case.group]) for case in cases]
    sure = [told(trust, case, pick) if pick >= 0 else 0.0 for case, pick in zip(cases, best, strict=True)]
    return best, np.array(sure)


def _print_model(
    name: str, weights: Mapping[str, Vector], used: Mapping[str, Sequence[str]], trust: Mapping[str, float]
) -> None:
    print(f"{name} = Model(")
    for group in GROUPS:
        _print_weights(group, {each: float(weights[group][SIGNALS.index(each)]) for each in used[group]})
    kinds = {kind.value for kind in AnswerKind}
    _print_weights("trust", {each: weight for each, weight in trust.items() if each not in kinds})
    _print_weights("kinds", {each: weight for each, weight in trust.items() if each in kinds})
    print(")", flush=True)


def _of(group: str, *cases: Sequence[Case]) -> list[Case]:
    return [case for each in cases for case in each if case.group == group]


def _best(case: Case, weights: Vector) -> int:
    return int(np.argmax(case.signals @ weights)) if len(case.signals) else -1


def _report(cases: Sequence[Case], chosen: Sequence[int], confidence: Vector, foreign: Vector) -> None:
    """Cross-validated measures at each threshold."""
    answerable = np.array([case.answerable for case in cases])
    right = np.array([pick >= 0 and bool(case.holds[pick]) for case, pick in zip(cases, chosen, strict=True)])
    for name, among in (("all", answerable), *((g, answerable & [c.group == g for c in cases]) for g in GROUPS)):
        print(f"# {name}: {among.sum()} answerable, right candidate chosen {right[among].mean():.3f}")
    print("# threshold  contains  wrongly refused  refused  wrong answers  foreign refused")
    for threshold in THRESHOLDS:
        told = confidence >= threshold
        print(
            f"# {threshold:9.2f}  {_share((told & right)[answerable]):8.3f}  {_share((~told)[answerable]):15.3f}"
            f"  {_share((~told)[~answerable]):7.3f}  {_share(told & ~right):13.3f}  {_share(foreign < threshold):15.3f}"
        )


def _share(flags: Flags) -> float:
    """The share of those that hold, not a number where there are none."""
    return float(flags.mean()) if flags.size else float("nan")


def _print_weights(name: str, weights: Mapping[str, float]) -> None:
    listed = ", ".join(f'"{key}": {value:.2f}' for key, value in weights.items())
    print(f"    {name}={{{listed}}},")


if __name__ == "__main__":
    os.environ.setdefault("QA_TODAY", "2026-11-21")
    main()
