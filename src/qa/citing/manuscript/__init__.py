"""Drafts as they come to be checked: their words, where each stands in the file, and the file with comments beside them.

Follow a draft from :mod:`.reading` (a file → :class:`.reading.Manuscript`) through :class:`qa.citing.checker.DraftChecker`
to :mod:`.word_comments` (findings → the same .docx with comments).
"""
