"""The screens that the head of every page leads to, in their order."""

from __future__ import annotations

from typing import NamedTuple


class Screen(NamedTuple):
    """``name`` is shown; ``path`` is its address; a template says with ``{% set screen = "…" %}`` (the path) which one it is."""

    name: str
    path: str


SCREENS = (
    Screen("问答", "/"),
    Screen("引用夹", "/drafts"),
    Screen("核稿", "/check"),
    Screen("资料库", "/library"),
    Screen("评测", "/evaluation"),
    Screen("设置", "/settings"),
)
