"""``qa serve``: the web application and the API."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.options import Corpus, Index, settings_of


def register(app: typer.Typer) -> None:
    app.command("serve", help="启动网页和接口")(serve)


def serve(
    host: Annotated[
        str, typer.Option("--host", help="监听地址；不是本机地址时要先 qa users add，或设 QA_TOKEN")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口", min=0, max=65535)] = 8000,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    from qa.bootstrap import open_assistant
    from qa.web.app import create_app
    from qa.web.request_log import open_log
    from qa.web.server import serve as run

    settings = settings_of(corpus, index)
    open_log(settings)
    run(create_app(open_assistant(settings)), host, port)
