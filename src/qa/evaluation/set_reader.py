"""Reading evaluation sets: what is read is checked, and every complaint names the file and the line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.evaluation.evaluation_set import HALVES, EvaluationQuestion, Evidence, Half, QuestionType
from qa.text.normalise import comparable


def read_evaluation_set(paths: Sequence[Path], half: Half | None = None) -> list[EvaluationQuestion]:
    """The questions of the files, in order; a folder stands for its ``*.jsonl`` in name order, the sets of ``qa check`` (claims
    and quotes, the contract's other form) left out.

    ``half`` keeps only that half. Raises :class:`UsageError` naming file and line: nothing there, not UTF-8, a
    malformed line, an unknown type or half, a repeated id (in any of the files), no question at all.
    """
    if half is not None and half not in HALVES:
        raise UsageError(f"没有“{half}”这一半", hint="用 --half dev 或 --half test")
    questions: list[EvaluationQuestion] = []
    seen: dict[str, EvaluationQuestion] = {}
    for file in _files(paths):
        for question in _read_file(file):
            if question.id in seen:
                raise UsageError(
                    f"{question.place}：编号 {question.id} 重复",
                    reason=f"{seen[question.id].place}已用过这个编号",
                    hint="给其中一题换一个编号",
                )
            seen[question.id] = question
            questions.append(question)
    if half is not None:
        questions = [question for question in questions if _half_of(question) == half]
    if not questions:
        names = "、".join(str(path) for path in paths) or "（未给出文件）"
        raise UsageError(
            f"评测集为空：{names}" + (f"（{half} 一半）" if half else ""),
            hint="每行写一个 JSON 对象，格式见 eval/README.md",
        )
    return questions


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.glob("*.jsonl")) if not _is_checking_set(file)]
            if not inside:
                raise UsageError(
                    f"文件夹里没有评测集：{path}", reason="没有 .jsonl 文件", hint="给出评测集文件或它所在的文件夹"
                )
            files += inside
        elif path.is_file():
            files.append(path)
        else:
            raise UsageError(f"找不到评测集：{path}", reason="没有这个文件或文件夹", hint="检查路径")
    return list(dict.fromkeys(files))


def _is_checking_set(file: Path) -> bool:
    """Whether the file's first line is one of ``qa check --batch``: ``{"id","claim"}`` or ``{"id","quote"}``."""
    try:
        with file.open("rb") as lines:
            first = json.loads(next((line for line in lines if line.strip()), b"null"))
    except (OSError, ValueError, RecursionError):
        return False  # read as a set of questions, where the complaint names the line
    return isinstance(first, dict) and "question" not in first and ("claim" in first or "quote" in first)


def _read_file(file: Path) -> Iterable[EvaluationQuestion]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"读不了评测集：{file}", reason=error.strerror or str(error), hint="检查文件权限") from error
    # Split on \n alone: str.splitlines would also cut at U+2028 and friends, which JSON allows inside a string.
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if raw.strip():
            yield _parse_line(raw, str(file), number)


def _parse_line(raw: bytes, file: str, line: int) -> EvaluationQuestion:
    place = f"{file} 第 {line} 行"
    value = _json_of(raw, place)
    if not isinstance(value, dict):
        raise UsageError(f"{place}：应是一个 JSON 对象", reason=f"读到的是{_kind(value)}")
    fields = _Fields(value, place)
    question = EvaluationQuestion(
        id=fields.text("id"),
        question=fields.text("question"),
        type=_question_type(fields.text("type"), place),
        answers=fields.texts("answers"),
        evidence=tuple(_evidence(each, place) for each in fields.array("evidence", required=False)),
        list=fields.flag("list"),
        section=fields.optional_text("section"),
        note=fields.optional_text("note"),
        file=file,
        line=line,
    )
    if question.type is QuestionType.UNANSWERABLE and question.answers:
        raise UsageError(f"{place}：类型是 unanswerable，却给了答案", hint="把 answers 改为 []，或改正 type")
    return question


def _json_of(raw: bytes, place: str) -> object:
    try:
        value = json.loads(raw.decode("utf-8"))
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise UsageError(f"{place}：不是 UTF-8 编码", hint="把文件另存为 UTF-8") from error
    except UnicodeEncodeError as error:  # "\ud800" is JSON, but no text that a report could hold
        broken = f"\\u{ord(error.object[error.start]):04x}"
        raise UsageError(
            f"{place}：不是合格的 JSON", reason=f"{broken} 只是半个字符", hint="把这个字重新写一遍"
        ) from error
    except json.JSONDecodeError as error:
        raise UsageError(f"{place}：不是合格的 JSON", reason=f"第 {error.colno} 个字符处：{error.msg}") from error
    except (RecursionError, ValueError) as error:  # [[[[… without end, and a number of thousands of digits
        reason = "嵌套过深" if isinstance(error, RecursionError) else "有一个过长的数"
        raise UsageError(f"{place}：不是合格的 JSON", reason=reason, hint="格式见 eval/README.md") from error
    return value


def _question_type(name: str, place: str) -> QuestionType:
    try:
        return QuestionType(name)
    except ValueError:
        raise UsageError(f"{place}：未知的类型“{name}”", hint="type 应是 " + "、".join(QuestionType)) from None


def _evidence(value: object, place: str) -> Evidence:
    if not isinstance(value, dict):
        raise UsageError(f'{place}：evidence 的每一项应是 {{"doc","quote"}}', reason=f"读到的是{_kind(value)}")
    fields = _Fields(value, place, "evidence 的 ")
    evidence = Evidence(fields.text("doc").replace("\\", "/").removeprefix("./"), fields.text("quote"))
    if not comparable(evidence.quote):
        raise UsageError(f"{place}：依据原文里没有文字", reason=f"quote 是“{evidence.quote}”")
    return evidence


@dataclass(frozen=True, slots=True)
class _Fields:
    """Typed access to one JSON object, complaining with its place."""

    value: dict[str, Any]
    place: str
    of: str = ""

    def text(self, name: str) -> str:
        found = self.value.get(name)
        if name not in self.value:
            raise UsageError(f"{self.place}：缺少 {self.of}{name}")
        if not isinstance(found, str) or not found.strip():
            raise UsageError(f"{self.place}：{self.of}{name} 应是非空的字符串", reason=f"读到的是{_kind(found)}")
        return found

    def optional_text(self, name: str) -> str | None:
        found = self.value.get(name)
        if found is None or isinstance(found, str):
            return found
        raise UsageError(f"{self.place}：{name} 应是字符串或 null", reason=f"读到的是{_kind(found)}")

    def flag(self, name: str) -> bool:
        found = self.value.get(name, False)
        if isinstance(found, bool):
            return found
        raise UsageError(f"{self.place}：{name} 应是 true 或 false", reason=f"读到的是{_kind(found)}")

    def array(self, name: str, *, required: bool = True) -> list[object]:
        found = self.value.get(name, [])
        if required and name not in self.value:
            raise UsageError(f"{self.place}：缺少 {name}")
        if not isinstance(found, list):
            raise UsageError(f"{self.place}：{name} 应是数组", reason=f"读到的是{_kind(found)}")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        texts: list[str] = []
        for each in self.array(name):
            if not isinstance(each, str) or not comparable(each):
                raise UsageError(f"{self.place}：{name} 的每一项应是有文字的字符串", reason=f"读到的是{_kind(each)}")
            texts.append(each)
        return tuple(texts)


def _kind(value: object) -> str:
    if value is None:
        return " null"
    if isinstance(value, bool):
        return "布尔值"
    if isinstance(value, (int, float)):
        return f"数字 {value}"
    if isinstance(value, str):
        return f"“{value}”"
    return "数组" if isinstance(value, list) else "对象"


def _half_of(question: EvaluationQuestion) -> Half:
    half = question.half
    if half is None:
        raise UsageError(
            f"{question.place}：编号 {question.id} 里没有数字，分不出 dev 与 test", hint="编号以数字结尾，如 Q001"
        )
    return half
