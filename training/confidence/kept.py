"""``python -m training.confidence.kept FOLDER``: the product as it is, asked about the invented bulletins that nothing was trained on.

``FOLDER`` as :mod:`training.confidence.bulletins` writes it, with its index. Questions that are clear by themselves are asked of all
texts at once, the others each of its own text alone; of a trap every answer is wrong, whichever text it is from.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from qa.assistant import Assistant
from qa.bootstrap import open_assistant
from qa.evaluation.judging import contains_gold, gold_texts
from qa.evaluation.measures.cmrc import f1
from qa.records import Filters, Query
from qa.settings import Settings
from training.confidence.bulletins import FILES, OF_ALL_TEXTS, BulletinQuestion, bulletin_questions
from training.confidence.cases import NEARLY, max_chars
from training.confidence.written import HALVES


def outcomes(assistant: Assistant, questions: Iterable[BulletinQuestion], of_its_text: bool) -> Counter[str]:
    """How many answerable questions came out "right", "wrong" or "refused", and of traps "trap answered" or "trap refused"."""
    found: Counter[str] = Counter()
    for each in questions:
        filters = Filters(document_id=each.key) if of_its_text else Filters()
        answer = assistant.ask(Query(each.asked.question, filters=filters)).answer
        if not each.asked.answerable:
            found["trap refused" if answer.abstained else "trap answered"] += 1
        elif answer.abstained:
            found["refused"] += 1
        else:
            words = answer.text
            holds = contains_gold(each.asked, words) and len(words) <= max_chars(each.asked)
            found["right" if holds or f1(gold_texts(each.asked), words) >= NEARLY else "wrong"] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.confidence.kept", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=tuple(HALVES), default="kept")
    arguments = parser.parse_args()
    folder = arguments.folder
    settings = replace(Settings.from_environment(), corpus=folder / "corpus", index=folder / "index")
    assistant = open_assistant(settings)
    for name, files, of_its_text in (("own text", FILES, True), ("all texts", OF_ALL_TEXTS, False)):
        found = outcomes(assistant, bulletin_questions(arguments.half, files), of_its_text)
        asked = sum(found[each] for each in ("right", "wrong", "refused"))
        traps = found["trap refused"] + found["trap answered"]
        print(
            f"{name}: {asked} answerable: right {found['right'] / asked:.3f}, wrong {found['wrong'] / asked:.3f}, "
            f"refused {found['refused'] / asked:.3f}; {traps} traps: refused {found['trap refused'] / traps:.3f}"
        )


if __name__ == "__main__":
    main()
