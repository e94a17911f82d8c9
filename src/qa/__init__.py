"""引证: local extractive question answering over Chinese documents, with citations that open the very words.

``import qa`` loads nothing heavy. As a library::

    from qa.bootstrap import open_assistant
    from qa.settings import Settings

    assistant = open_assistant(Settings())
    result = assistant.ask(Query("科技特派员2020年引进了多少个新品种？"))
"""

__version__ = "0.1.0"
