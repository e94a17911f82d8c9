"""The look of a Word file of ours: page, fonts and numbering of Chinese official writing.

GB/T 9704—2012 《党政机关公文格式》: A4, margins 37 28 35 26 mm (5.1, 5.2), text 3 号仿宋 at 28 pt a line, first lines indented by two
characters (5.2.2, 7.3.3), headings 黑体, page numbers as “— 1 —” in 4 号 (7.5). Notes and references are 小五 and 五号宋体.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

LATIN = "Times New Roman"


class Look(NamedTuple):
    """A paragraph style: sizes in points, ``indent`` of the first line in characters, ``exact`` a fixed line height in points."""

    name: str
    font: str
    size: float
    bold: bool = False
    centred: bool = False
    indent: int = 0
    exact: float | None = None
    before: float = 0
    after: float = 0


TITLE = Look("Title", "宋体", 22, bold=True, centred=True, exact=34, after=18)
HEADING = Look("Heading 1", "黑体", 16, exact=28, before=10, indent=2)
QUOTE = Look("引文", "仿宋", 16, exact=28, indent=2)
REMARK = Look("备注", "楷体", 14, exact=26, indent=2)
WARNING = Look("核对提示", "黑体", 14, exact=26, indent=2)
LIST_HEADING = Look("参考文献标题", "黑体", 14, centred=True, before=24, after=8)
REFERENCE = Look("参考文献", "宋体", 10.5, exact=18)
FOOTNOTE = Look("footnote text", "宋体", 9)
LOOKS = (TITLE, HEADING, QUOTE, REMARK, WARNING, LIST_HEADING, REFERENCE, FOOTNOTE)


def new_word_document() -> WordDocument:
    """An empty document with the page and the styles of :data:`LOOKS`."""
    import docx
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = (
        Mm(37),
        Mm(28),
        Mm(35),
        Mm(26),
    )
    section.footer_distance = Mm(24)
    _set_language(document)
    _font(document.styles["Normal"], "仿宋", 16)
    for look in LOOKS:
        _style(document, look)
    _footnote_mark(document)
    _page_number(document)
    return document


def numbering(document: WordDocument, form: str, text: str, *, hanging_pt: float = 0, first_line_pt: float = 0) -> int:
    """A new automatic numbering (``form`` as ``decimal``, ``text`` as ``[%1]``) and the id by which paragraphs take it.

    The number hangs beside the text, or begins its indented first line.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    part = document.part.numbering_part.element
    number = 1 + max((int(each.get(qn("w:abstractNumId"))) for each in part.findall(qn("w:abstractNum"))), default=0)
    twips = round(hanging_pt * 20)
    aside = f'w:hanging="{twips}"' if twips else f'w:firstLine="{round(first_line_pt * 20)}"'
    indent = f'<w:pPr><w:ind w:left="{twips}" {aside}/></w:pPr>'
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{"tab" if twips else "nothing"}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{indent}</w:lvl></w:abstractNum>'
    )
    first = part.find(qn("w:num"))  # the schema wants every abstractNum before the first num
    if first is None:
        part.append(abstract)
    else:
        first.addprevious(abstract)
    made: int = part.add_num(number).numId
    return made


def _style(document: WordDocument, look: Look) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    known = {style.name for style in document.styles}
    style = (
        document.styles[look.name]
        if look.name in known
        else document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    )
    if look is FOOTNOTE:
        style.element.set(qn("w:styleId"), "FootnoteText")
    _font(style, look.font, look.size)
    style.font.bold, style.font.color.rgb = look.bold, RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = Pt(look.exact) if look.exact else 1.0
    form.first_line_indent = Pt(look.indent * look.size)
    properties = style.element.get_or_add_pPr()
    if look.indent:
        properties.find(qn("w:ind")).set(qn("w:firstLineChars"), str(look.indent * 100))
    for border in properties.findall(qn("w:pBdr")):  # the template's line under a title
        properties.remove(border)


def _font(style: ParagraphStyle, east_asian: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = LATIN, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):  # a theme's font would win over ours
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:cs"), LATIN)


def _footnote_mark(document: WordDocument) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn

    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(qn("w:styleId"), "FootnoteReference")
    mark.font.superscript = True


def _page_number(document: WordDocument) -> None:
    """“— 1 —” in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(document.styles["Footer"], "宋体", 14)
    paragraph.add_run("— ")
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    paragraph.add_run(" —")
    paragraph.paragraph_format.space_after = Pt(0)


def _set_language(document: WordDocument) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'))
