"""RapidOCR with the models of its package. Runs in the recognising child process, where it is loaded once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from qa.errors import DocumentError

MAX_SIDE_PIXELS = 2400
"""A larger picture is made smaller first; an A4 page at 200 dpi is 2339 pixels high."""


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.use_cls": False,  # upside-down lines are not looked for: it costs time and turns upright ones
            "Global.max_side_len": MAX_SIDE_PIXELS,
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(picture: str) -> list[list[Any]]:
    """[text, confidence, [x, y of four corners, clockwise from the top left]] a line, in pixels of the picture."""
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(picture) as opened:
            pixels = np.asarray(opened.convert("RGB"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise DocumentError("图片打不开", reason="图片已损坏或格式不认识", hint="重新扫描或导出") from error
    found = _engine()(pixels[:, :, ::-1])
    if not found.txts:
        return []
    return [
        [text, float(score), [float(value) for corner in box for value in corner]]
        for text, score, box in zip(found.txts, found.scores, found.boxes, strict=True)
    ]
