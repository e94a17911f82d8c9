"""Characters that look like common ideographs but are others: Kangxi radicals, radical supplements, compatibility ideographs.

PDF writers give them where a font shows both by one glyph: ⽅ for 方. A question never holds them, so they are read as the
ideographs they stand for. Source: Unicode's compatibility decompositions, and EquivalentUnifiedIdeograph for the supplement.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺁⺌⺍⺎⺏⺐⺓⺕⺗⺘⺙⺛⺜⺝⺞⺟⺠⺢⺣⺤⺦⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻰⻱⻳",
        "厂小小兀尣尢幺彑心扌攵旡日月歺母民氵灬爫丬犭王疋目示礻竹糸纟罓网罓肀聿肉臼艹艹艹虎衤西西见角角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐齿龙龜龟",
        strict=True,
    )
)


def plain_ideographs(text: str) -> str:
    """``text`` with such characters replaced, one for one; all others as they are."""
    if text < "\u2e80" and len(text) == 1:
        return text
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if (
        "\u2f00" <= character <= "\u2fd5"
        or "\uf900" <= character <= "\ufaff"
        or "\U0002f800" <= character <= "\U0002fa1f"
    ):
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 else character
    return _SUPPLEMENT.get(character, character)
