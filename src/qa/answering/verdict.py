"""What speaks against a candidate."""

from __future__ import annotations

from dataclasses import dataclass

from qa.records import AbstainReason


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is ``None`` when nothing speaks against the span; ``detail`` says in Chinese what does. ``absent``: that the passage
    does not speak of something at all, which is no word on the library where another passage does.
    """

    reason: AbstainReason | None = None
    detail: str = ""
    absent: bool = False


SOUND = Verdict()
