"""What is set, where from, and what answers now. To be read only: the settings belong to whoever runs the server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import ClassVar

from qa import __version__
from qa.records import AuditEntry
from qa.settings import Settings, environment_name
from qa.web.contexts import CardField, Page
from qa.web.facade import AssistantFacade

_READER_NAMES = {"rules": "按规则", "trained": "训练的阅读模型"}


@dataclass(frozen=True, slots=True)
class SettingView:
    """A setting: its environment variable, what it means, the value as it would be written, and where that comes from."""

    variable: str
    help: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A line of the audit log: when in local time, and as ISO for machines."""

    when: str
    at: str
    who: str
    where: str
    action: str
    what: str
    outcome: str


@dataclass(frozen=True, slots=True)
class SettingsPage(Page):
    """``state`` says what answers now, or ``trouble`` why nothing does; ``feedback_count`` and ``audit`` are ``None`` where they
    cannot be told. Where ``manages`` is false only what belongs to the browser and the account is shown."""

    template: ClassVar[str] = "settings.html"

    manages: bool
    state: tuple[CardField, ...]
    trouble: str
    settings: tuple[SettingView, ...]
    feedback_count: int | None
    audit: tuple[AuditRow, ...] | None


def settings_page(
    settings: Settings,
    assistant: AssistantFacade | None,
    trouble: str,
    feedback_count: int | None,
    audit: tuple[AuditEntry, ...] | None,
) -> SettingsPage:
    """The page; ``assistant`` is ``None`` while none can be opened, ``trouble`` says why."""
    return SettingsPage(
        manages=True,
        state=_state(assistant) if assistant else (CardField("版本", __version__),),
        trouble=trouble,
        settings=setting_views(settings, os.environ),
        feedback_count=feedback_count,
        audit=None if audit is None else tuple(_audit_row(each) for each in audit),
    )


def readers_settings_page() -> SettingsPage:
    """What 读者 see."""
    return SettingsPage(False, (), "", (), None, None)


def _audit_row(entry: AuditEntry) -> AuditRow:
    return AuditRow(
        when=f"{entry.at.astimezone():%m-%d %H:%M}",
        at=entry.at.isoformat(timespec="seconds"),
        who=entry.who or "未登录",
        where=entry.where,
        action=entry.action.label,
        what=entry.what if entry.what != entry.who else "",
        outcome=entry.outcome,
    )


SECRETS = frozenset({"token"})


def setting_views(settings: Settings, environment: Mapping[str, str]) -> tuple[SettingView, ...]:
    """Every setting in the order of :class:`Settings`."""
    default, read = Settings(), Settings.from_environment(environment)
    views = []
    for each in fields(Settings):
        variable, value = environment_name(each.name), getattr(settings, each.name)
        if environment.get(variable) and value == getattr(read, each.name):
            source = "环境变量"
        else:
            source = "默认" if value == getattr(default, each.name) else "启动参数"
        written = "（已设置，不显示）" if each.name in SECRETS and value else _written(value)
        views.append(SettingView(variable, each.metadata["help"], written, source))
    return tuple(views)


def _written(value: object) -> str:
    if value is None or value == "":
        return "（留空）"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return f"{value}"


def _state(assistant: AssistantFacade) -> tuple[CardField, ...]:
    now = assistant.state()
    values = (
        ("版本", __version__),
        ("索引", now.generation),
        ("段落", f"{now.passages:,}"),
        ("句向量模型", f"{now.model}（{now.model_fingerprint[:12]}）"),
        ("阅读方式", f"{_READER_NAMES.get(assistant.settings.reader, assistant.settings.reader)}（{now.reader}）"),
    )
    return tuple(CardField(name, value) for name, value in values)
