"""What is said of a finding, in the words of the product."""

from __future__ import annotations

from qa.citing.finding import DifferenceKind, Finding, Verdict
from qa.citing.styles import SHORT_STYLE, format_citation

VERDICT_NAMES = {
    Verdict.SUPPORTED: "有据",
    Verdict.CONTRADICTED: "不一致",
    Verdict.NOT_FOUND: "未找到",
    Verdict.VERBATIM: "引文一致",
    Verdict.ALTERED: "引文有改动",
    Verdict.ABSENT: "引文未找到",
}
DIFFERENCE_NAMES = {
    DifferenceKind.NUMBER: "数字",
    DifferenceKind.DATE: "日期",
    DifferenceKind.NAME: "名称",
    DifferenceKind.ORGANISATION: "机构",
    DifferenceKind.DOCUMENT_NUMBER: "文号",
    DifferenceKind.WORDING: "措辞",
}
_MOST_EVIDENCE = 2


def remark(finding: Finding) -> str:
    """The finding as a comment: verdict, what differs, the source's words and their citation; a line each."""
    lines = [f"【{VERDICT_NAMES[finding.verdict]}】"]
    lines += [
        f"{DIFFERENCE_NAMES[d.what]}不同：稿件作“{d.in_draft or '（无）'}”，资料作“{d.in_source or '（无）'}”"
        for d in finding.differences
    ]
    for citation in finding.evidence[:_MOST_EVIDENCE]:
        lines.append(f"原文：{citation.quote}")
        lines.append(f"出处：{format_citation(citation, SHORT_STYLE)}")
    if not finding.evidence:
        lines.append("资料库中没有找到说到这一点的内容，请另行核实。")
    return "\n".join(_printable(line) for line in lines)


def _printable(line: str) -> str:
    """Without the control characters that XML does not allow."""
    return "".join(c if c >= " " else " " for c in line)
