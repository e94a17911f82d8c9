"""Requests made from /openapi.json by schemathesis, fitting and not: whatever comes, it is no error of ours.

``QA_FUZZ_EXAMPLES`` sets how many a route; the suite makes a few.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from qa.web.app import create_app
from tests.indexing.bigram_library import BigramLibrary

FEW = 1
EXAMPLES = int(os.environ.get("QA_FUZZ_EXAMPLES", FEW))


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The description of an application over a real library, to which the requests then go."""
    library = BigramLibrary(tmp_path_factory.mktemp("fuzzed"))
    library.write("通报.txt", "关于引进新品种的通报\n2021年，全市引进新品种556个，推广新技术384项。\n")
    library.update()
    made = schemathesis.openapi.from_asgi("/openapi.json", create_app(library.assistant(), update=library.update))
    made.config.generation.update(modes=list(schemathesis.GenerationMode))
    return made


def test_no_request_makes_an_error_of_ours(described: Any) -> None:
    seen = []
    for found in described.get_all_operations():
        operation = found.ok()
        if operation.path.endswith("/events"):  # they end with their job: no matter of one answer
            continue
        seen.append(operation.label)
        for mode in schemathesis.GenerationMode:
            _asked(operation, mode)
    assert "GET /api/ask" in seen
    assert "POST /api/documents" in seen
    assert len(seen) > 25


def _asked(operation: Any, mode: schemathesis.GenerationMode) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=EXAMPLES == FEW,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        answer = case.call()
        assert answer.status_code < 500, f"{operation.label}: {answer.text[:300]}"

    try:
        ask()
    except Unsatisfiable:  # an operation without parameters has no request that does not fit
        assert mode is schemathesis.GenerationMode.NEGATIVE
