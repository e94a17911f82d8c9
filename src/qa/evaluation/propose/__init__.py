"""Questions proposed from the corpus by rules, for a person to accept, edit or reject.

Every proposal carries its document and quote; unanswerable ones are made from answerable ones by another year, place
or body.
"""

from qa.evaluation.propose.proposals import Proposal, propose

__all__ = ["Proposal", "propose"]
