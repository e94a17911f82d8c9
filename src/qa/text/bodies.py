"""Bodies that issue documents, and whether a text is about what they did themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BETWEEN = "[^，。；\n]{0,6}?"
_OURS = re.compile(r"(?:[我咱]们?|本)(?=[局厅委办院所])|(?<=[局厅委办院所])[里内]$")
_OFFICE = re.compile(r"办公[室厅]$|员会$")  # 市政府办公室 writes for 市政府; 市国资委 is 国有资产监督管理委员会
_OF_MANY = re.compile(r"简报|专报|快报|动态|信息")
_OWN_NEWS = re.compile(r"(?<![旗区县市地方])(?:动态|要闻|工作)|[我本][局厅委办院所]|局内|机关")


def is_short_for(name: str, issuer: str) -> bool:
    """Whether ``issuer`` is called ``name``: 市科技局 of 鄂尔多斯市科学技术局, whose characters stand there in this order; 我局 of any 局."""
    bare = _OURS.sub("", name)
    if bare != name:
        return bare in issuer[-1:]
    whole = next((each for each in (issuer, _OFFICE.sub("", issuer)) if each.endswith(bare[-1:])), "")
    return len(bare) > 1 and re.search(_BETWEEN.join(map(re.escape, bare)), whole) is not None


def tells_its_deeds(name: str, issuer: str | None, kind: str | None, headings: Sequence[str]) -> bool:
    """Whether a text under ``headings`` of a document of ``issuer`` tells what the body called ``name`` did without saying so.

    A bulletin does under 部门动态 alone: its other columns are about others.
    """
    if not name or not issuer or not is_short_for(name, issuer):
        return False
    return not _OF_MANY.search(kind or "") or any(_OWN_NEWS.search(each) for each in headings)
