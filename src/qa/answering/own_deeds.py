"""What a body did itself: its own news seldom say whose they are (7月6日，边东赴北京大学座谈, in a bulletin of 市科技局)."""

from __future__ import annotations

import re

from qa.answering.candidates.organisation import ORGANISATION
from qa.answering.candidates.person import OFFICE
from qa.answering.view import PassageView
from qa.records import Question
from qa.text.bodies import is_short_for, tells_its_deeds

_WHO_ACTS = re.compile(
    r"[，,\s]*(?P<who>[^。；]{1,30}?)(?:会见|会同|会谈|主持|召开|举行|组织|赴|带队|率|一行|调研|考察|前往|出席|参加|印发|发布|到|与|在|就|对)"
)
_OF_OTHERS = re.compile(rf"市委|[区党]委|自治区|国务院|中央|全国人大|(?!副?局长){OFFICE.pattern}")


def leaves_unsaid(question: Question, view: PassageView) -> bool:
    """Whether the passage tells of the body that acts in ``question`` without naming it."""
    passage, name = view.passage, question.actor_name
    if not tells_its_deeds(name, passage.issuer, passage.kind, passage.heading_path) or name in view.folded:
        return False
    return not acts_of_another(view)


def acts_of_another(view: PassageView) -> bool:
    """Whether the passage opens with somebody of another body than its issuer (3月23日，市委常委、副市长刘晓峰会见)."""
    first = view.dates[0].end if view.dates and view.dates[0].start == 0 else 0
    opening = _WHO_ACTS.match(view.text, first)
    if opening is None:
        return False
    who, issuer = opening["who"], view.passage.issuer or ""
    bodies = [part for part in re.split("[、，]", who) if ORGANISATION.search(part)]
    return any(not is_short_for(body, issuer) for body in bodies) or bool(_OF_OTHERS.search(who))
