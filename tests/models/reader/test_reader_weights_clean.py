from __future__ import annotations

from qa.models.reader.manifest import NETWORK_FILE, SHIPPED_FOLDER


def test_the_shipped_network_names_no_place_on_the_machine_that_made_it() -> None:
    data = (SHIPPED_FOLDER / NETWORK_FILE).read_bytes()
    assert b'File "/' not in data
