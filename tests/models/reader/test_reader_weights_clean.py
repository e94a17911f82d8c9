from __future__ import annotations

import pytest

from qa.models.reader.manifest import FILES, SHIPPED_FOLDER


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".onnx")])
def test_the_shipped_network_names_no_place_on_the_machine_that_made_it(name: str) -> None:
    data = (SHIPPED_FOLDER / name).read_bytes()
    assert b'File "/' not in data


def test_the_weights_are_small_enough_to_be_carried_along() -> None:
    assert sum((SHIPPED_FOLDER / name).stat().st_size for name in FILES) < 45_000_000
