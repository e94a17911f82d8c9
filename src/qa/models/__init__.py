"""Which models exist, where their weights come from, and their checksums."""

from qa.models.description import DEFAULT_MODEL, ModelDescription
from qa.models.folder import ModelFolder
from qa.models.resolve import resolve_model

__all__ = ["DEFAULT_MODEL", "ModelDescription", "ModelFolder", "resolve_model"]
