"""Small OFD files with placed text, lines and pictures, written so that a test knows exactly what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_ROOT = f"<ofd:OFD {_NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


def text_object(x: float, y: float, words: str, size: float = 5.0, more: str = "", delta: str = "") -> str:
    """``words`` with the left end of their baseline at (x, y) millimetres; ``more`` are further attributes."""
    steps = f'DeltaX="{delta}"' if delta else f'DeltaX="g {len(words) - 1} {size:g}"'
    return (
        f'<ofd:TextObject ID="9" Boundary="{x:g} {y - size:g} 180 {2 * size:g}" Font="1" Size="{size:g}" {more}>'
        f'<ofd:TextCode X="0" Y="{size:g}" {steps}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(
    pages: Sequence[str], *, template: str = "", resources: str = "", files: dict[str, bytes] | None = None
) -> bytes:
    """An OFD of ``pages`` (the objects of each, A4), below them all ``template``; ``files`` are parts in ``Doc_0/Res``."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
    below = '<ofd:TemplatePage ID="T" BaseLoc="/doc_0/TPL.xml"/>' if template else ""
    parts: dict[str, str | bytes] = {
        "OFD.xml": _ROOT,
        "Doc_0/Document.xml": f"<ofd:Document {_NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{below}<ofd:PublicRes>Public.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Public.xml": f'<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="黑体"/></ofd:Fonts>'
        f"{resources}</ofd:Res>",
        "Doc_0/Tpl.xml": f'<ofd:Page {_NS}><ofd:Content><ofd:Layer ID="1">{template}</ofd:Layer></ofd:Content></ofd:Page>',
    }
    used = '<ofd:Template TemplateID="T"/>' if template else ""
    for number, objects in enumerate(pages):
        parts[f"Doc_0/Pages/{number}.xml"] = (
            f'<ofd:Page {_NS}>{used}<ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    parts.update({f"Doc_0/Res/{name}": body for name, body in (files or {}).items()})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return packed.getvalue()
