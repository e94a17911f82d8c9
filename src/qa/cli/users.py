"""``qa users``: who may sign in to the web application."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Json, print_json, settings_of
from qa.errors import UsageError
from qa.records import AuditAction, AuditEntry, Role

if TYPE_CHECKING:
    from qa.settings import Settings

Name = Annotated[str, typer.Argument(help="用户名")]
FromStdin = Annotated[bool, typer.Option("--stdin", help="从标准输入读一行作为密码，供脚本使用")]
_ROLES = {"reader": Role.READER, "读者": Role.READER, "admin": Role.ADMIN, "管理员": Role.ADMIN}


def register(app: typer.Typer) -> None:
    users = typer.Typer(name="users", help="网页用户：添加、列出、删除、改密码", no_args_is_help=True)
    users.command("add", help="添加一个用户；有了用户，打开网页就要登录")(add)
    users.command("list", help="列出用户")(list_users)
    users.command("remove", help="删除一个用户，并结束他的登录")(remove)
    users.command("password", help="改一个用户的密码，并结束他的登录")(password)
    app.add_typer(users)


def add(
    name: Name,
    role: Annotated[str, typer.Option("--role", help="reader（读者）或 admin（管理员）")] = "reader",
    stdin: FromStdin = False,
) -> None:
    from qa.bootstrap import open_accounts

    wanted = _ROLES.get(role.strip().lower())
    if wanted is None:
        raise UsageError(f"没有“{role}”这种角色", reason="--role 的值不对", hint="用 reader（读者）或 admin（管理员）")
    settings = settings_of(None, None)
    accounts = open_accounts(settings)
    if wanted is Role.READER and not accounts.any():
        raise UsageError(
            f"没有添加“{name}”", reason="第一个用户要是管理员", hint=f"qa users add {name} --role admin，之后再加读者"
        )
    made = accounts.add(name, wanted, _new_password(stdin))
    _note(settings, AuditAction.ACCOUNT_ADDED, made.name, made.role.label)
    print(f"已添加{made.role.label}“{made.name}”；现在打开网页要登录")


def list_users(json: Json = False) -> None:
    from qa.bootstrap import open_accounts

    for each in open_accounts(settings_of(None, None)).list():
        if json:
            print_json({"name": each.name, "role": each.role.value, "made_at": each.made_at.isoformat()})
        else:
            print(f"{each.name}  {each.role.label}  {each.made_at.astimezone():%Y-%m-%d %H:%M}")


def remove(name: Name) -> None:
    from qa.bootstrap import open_accounts

    settings = settings_of(None, None)
    accounts = open_accounts(settings)
    accounts.remove(name)
    _note(settings, AuditAction.ACCOUNT_REMOVED, name)
    print(f"已删除“{name}”" + ("" if accounts.any() else "；没有用户了，本机打开网页不再要登录"))


def password(name: Name, stdin: FromStdin = False) -> None:
    from qa.bootstrap import open_accounts

    settings = settings_of(None, None)
    open_accounts(settings).set_password(name, _new_password(stdin))
    _note(settings, AuditAction.PASSWORD_SET, name)
    print(f"已改“{name}”的密码；他要重新登录")


def _new_password(stdin: bool) -> str:
    """From the keyboard, unseen and twice; never from an argument, which other users of the machine could read."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("没有读到密码", reason="标准输入不是终端", hint="加 --stdin，从标准输入给一行密码")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输一次：") != first:
        raise UsageError("两次输入的密码不同", reason="没有改动", hint="再试一次")
    return first


def _note(settings: Settings, action: AuditAction, what: str, outcome: str = "") -> None:
    from qa.bootstrap import open_audit

    open_audit(settings).add(AuditEntry(datetime.now(UTC), "命令行", "", action, what, outcome))
