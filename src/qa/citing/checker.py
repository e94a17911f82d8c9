"""核稿: every claim and every quotation of a draft held against the documents."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

from qa.citing.claims import ClaimChecker, Search
from qa.citing.concordance import Concordance
from qa.citing.draft import DraftPart, draft_parts, quotations_of, without_markup
from qa.citing.finding import Finding, FindingKind
from qa.citing.quotation import check_quotation
from qa.ports import Analyzer, Progress
from qa.records import Document


class DraftChecker:
    """Checks drafts against ``documents``; ``search`` brings the passages that may speak of a sentence.

    Building it reads all documents once (about a second for some thousand passages): keep it as long as the index
    stays the same. Equal input gives equal findings. Thread-safe; drafts that are checked at the same time take turns
    sentence by sentence.
    """

    def __init__(self, documents: Sequence[Document], search: Search, analyzer: Analyzer) -> None:
        self._concordance = Concordance([document for document in documents if document.text])
        self._claims = ClaimChecker(self._concordance, search, analyzer)
        self._turn = threading.Lock()

    def check(self, draft: str, progress: Progress | None = None) -> list[Finding]:
        """The findings of a plain or Markdown text in its order, a claim before the quotations in it.

        Empty for a draft that states nothing. ``progress`` is told how many parts are done, and may raise to stop. Raises
        :class:`~qa.errors.UsageError` for a draft that is too long.
        """
        parts = draft_parts(draft)
        findings = []
        for done, part in enumerate(parts, 1):
            findings.append(self.check_part(draft, part))
            if progress is not None:
                progress(done, len(parts))
        return findings

    def check_claim(self, claim: str) -> list[Finding]:
        """The finding for ``claim`` as a whole, then those for the quotations in it."""
        readable = without_markup(claim)
        whole = DraftPart(FindingKind.CLAIM, 0, len(claim), readable)
        return [self.check_part(claim, part) for part in (whole, *quotations_of(readable))]

    def check_quotation(self, words: str) -> list[Finding]:
        """The finding for quoted ``words``, with or without their quotation marks."""
        inner = words.strip()
        for opening, closing in ("“”", "「」", "『』", '""'):
            if len(inner) > 1 and inner[0] == opening and inner[-1] == closing and opening not in inner[1:-1]:
                inner = inner[1:-1]
        start = words.index(inner) if inner else 0
        with self._turn:
            return [check_quotation(inner, self._concordance, start)]

    def check_part(self, draft: str, part: DraftPart) -> Finding:
        """The finding for one of :func:`~qa.citing.draft.draft_parts` of ``draft``."""
        with self._turn:
            if part.kind is FindingKind.QUOTATION:
                finding = check_quotation(part.words, self._concordance, part.start)
            else:
                finding = self._claims.check(part.words, part.start)
        return replace(finding, text=draft[part.start : part.end])
