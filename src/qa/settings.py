"""The settings: one frozen class, each with its default, unit, help and the environment name ``QA_…``."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from qa.errors import SettingsError

_SWITCH = {"1": True, "on": True, "true": True, "0": False, "off": False, "false": False}
READERS = ("rules", "trained")
EMBEDDERS = ("auto", "torch")


def _cache_dir() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "qa"


def _setting(default: Any, help: str, least: float = -math.inf, most: float = math.inf) -> Any:
    """``least`` and ``most`` bound a number, both included."""
    metadata = {"help": help, "least": least, "most": most}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. ``Settings.from_environment()`` reads ``QA_CORPUS``, ``QA_INDEX``, …"""

    corpus: Path = _setting(Path("corpus"), "资料文件夹")
    index: Path = _setting(Path("index"), "索引文件夹")
    store: str = _setting("", "向量存放处：留空存在索引文件夹；milvus://主机:端口 或一个 milvus-lite 文件（.db）")
    workspace: Path = _setting(Path("workspace"), "个人资料文件夹：引用夹、提问记录、反馈；重建索引不影响它")
    history: bool = _setting(True, "记下每人自己的提问：1 记，0 不记")
    evaluation: Path = _setting(Path("eval"), "评测集文件夹，首页的例题取自其中")
    model: str = _setting("", "句向量模型：文件夹或模型库名称；留空用随附的 multilingual-e5-small")
    embedder: str = _setting(
        "auto", "句向量的计算方式：auto 能用 8 位 onnxruntime 就用；torch 总用 sentence-transformers"
    )
    reader: str = _setting("trained", "阅读方式：trained 规则加训练的阅读模型；rules 只按规则，更快")
    reader_top: int = _setting(2, "训练的阅读模型细读前几段，1 到 10；多读更稳也更慢", 1, 10)
    cache: Path = _setting(_cache_dir, "转换好的模型存放处")
    today: date | None = _setting(None, "“今年”“去年”所依据的日期（ISO），留空用当天")
    top_k: int = _setting(10, "返回的段落数，1 到 50", 1, 50)
    abstain_below: float = _setting(0.22, "可信度低于此值即答“未找到”，0 到 1", 0, 1)
    time_limit: float = _setting(10.0, "一问最长几秒，到时没有细读完的段落不再读，并在答案旁说明；0 不限", 0)
    max_waiting: int = _setting(200, "同时排队等候作答的问题数，再多即拒绝（503）", 0)
    log: str = _setting("", "运行记录（JSON，一行一条）写到哪个文件；- 写到标准错误；留空不写")
    log_questions: bool = _setting(False, "运行记录里是否写下问题原文：1 写，0 不写")
    max_question_chars: int = _setting(500, "问题最长字数，超过即拒绝", 1)
    max_upload_mb: int = _setting(200, "网页上传时一个文件的上限，MB", 1)
    token: str = _setting("", "口令：在别的电脑也能打开的地址上启动时必须设置，至少 16 个字符")
    session_hours: int = _setting(12, "登录后多少小时要重新登录，1 到 720", 1, 720)
    requests_per_minute: int = _setting(600, "登录后一人（或用口令的一个地址）每分钟最多请求几次；0 不限", 0)
    threads: int = _setting(1, "模型计算线程数；多人共用的机器上 1 最稳", 1)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
        """Defaults, then ``QA_<NAME>`` from the environment, then ``overrides`` that are not ``None``.

        Raises :class:`SettingsError` naming the variable and the value that does not fit.
        """
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for each in fields(cls):
            name = environment_name(each.name)
            raw = environment.get(name)
            if raw:
                values[each.name] = _parse(name, raw, str(each.type))
        values.update({key: value for key, value in overrides.items() if value is not None})
        settings = replace(cls(), **values)
        for name, allowed in (("reader", READERS), ("embedder", EMBEDDERS)):
            value = getattr(settings, name)
            if value not in allowed:
                raise SettingsError(
                    f"设置 {environment_name(name)}={value} 无效",
                    reason=f"可用：{'、'.join(allowed)}",
                    hint="改正或清除此环境变量",
                )
        for each in fields(cls):
            _require_bounds(each.name, getattr(settings, each.name), each.metadata["least"], each.metadata["most"])
        return settings


def environment_name(setting: str) -> str:
    """``QA_TOP_K`` for ``top_k``."""
    return f"QA_{setting.upper()}"


def _require_bounds(setting: str, value: object, least: float, most: float) -> None:
    if not isinstance(value, int | float) or least <= value <= most:
        return
    raise SettingsError(
        f"设置 {environment_name(setting)}={value} 无效",
        reason=f"应为 {least:g} 到 {most:g}" if most < math.inf else f"不能小于 {least:g}",
        hint=f"改正或清除环境变量 {environment_name(setting)}",
    )


def _parse(name: str, raw: str, kind: str) -> Any:
    try:
        if kind == "int":
            return int(raw)
        if kind == "bool":
            return _SWITCH[raw.strip().lower()]
        if kind == "float":
            return float(raw)
        if kind.startswith("date"):
            return date.fromisoformat(raw)
    except (ValueError, KeyError) as error:
        wanted = {"int": "整数", "float": "小数", "bool": " 1 或 0"}.get(kind, "日期，如 2025-08-07")
        raise SettingsError(
            f"设置 {name}={raw} 无效", reason=f"应为{wanted}", hint=f"改正或清除环境变量 {name}"
        ) from error
    return Path(raw) if kind == "Path" else raw
