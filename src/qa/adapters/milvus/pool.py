"""One collection of Milvus: rows of (id, vector and, where words are kept there, term weights), none of which ever changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from qa.adapters.milvus.address import StoreAddress
from qa.adapters.milvus.connection import connect, named_failures
from qa.errors import StoreError
from qa.ports import Vectors

MOST_HITS = 16_384  # Milvus' own limit of one search
IDS_PER_FILTER = 4_096  # "id in […]": some 80 KB of text
TIMEOUT_S = 30.0
FLUSH_TIMEOUT_S = 300.0
_HNSW = {"M": 16, "efConstruction": 200}
_IVF_LISTS = 1_024
_IVF_PROBES = 256  # a quarter of the lists: decision 0011 measured .988 of the ten best there

Weights = Mapping[int, float]
"""Term number → weight: a sparse vector."""


class Pool:
    """The collection ``name`` at ``address``. Every method raises :class:`StoreError` when Milvus does not answer as it should."""

    def __init__(self, address: StoreAddress, name: str) -> None:
        self.address = address
        self.name = name
        self._client = connect(address)

    # ------------------------------------------------------------------------------------------------------ the whole

    def exists(self) -> bool:
        with named_failures(self.address):
            return bool(self._client.has_collection(self.name, timeout=TIMEOUT_S))

    def create(self, dim: int, index: str, *, words: bool, about: Mapping[str, str]) -> None:
        """An empty collection for vectors of ``dim``; ``about`` is kept as its description, where the server keeps one."""
        from pymilvus import DataType

        if words:
            self._require_sparse()
        with named_failures(self.address):
            schema = self._client.create_schema(
                auto_id=False, enable_dynamic_field=False, description=json.dumps(dict(about), sort_keys=True)
            )
            schema.add_field("id", DataType.INT64, is_primary=True)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dim)
            indexes = self._client.prepare_index_params()
            indexes.add_index("vector", index_type=index, metric_type="IP", params=_build_parameters(index))
            if words:
                schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
                indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
            self._client.create_collection(
                self.name, schema=schema, index_params=indexes, consistency_level="Bounded", timeout=FLUSH_TIMEOUT_S
            )

    def _require_sparse(self) -> None:
        with named_failures(self.address):
            version = str(self._client.get_server_version())
        numbers = version.removeprefix("milvus_lite-").lstrip("v").split(".")
        if numbers[:2] < ["2", "4"] and "lite-" not in version:
            raise StoreError(
                f"Milvus {self.address.shown} 不能存词语索引",
                reason=f"它的版本是 {version}，稀疏向量从 2.4 起才有",
                hint="去掉 QA_STORE 里的 words=1（词语索引就留在索引文件夹里），或升级 Milvus",
            )

    def about(self) -> dict[str, str]:
        """What :meth:`create` was told, with ``dim``; only ``dim`` where the server keeps no description."""
        with named_failures(self.address):
            described = self._client.describe_collection(self.name, timeout=TIMEOUT_S)
        dim = next(int(each["params"]["dim"]) for each in described["fields"] if each["name"] == "vector")
        try:
            kept = json.loads(described["description"] or "{}")
        except ValueError:
            kept = {"model": str(described["description"])}
        return {**kept, "dim": str(dim)}

    def load(self) -> None:
        """Makes it searchable; nothing to do where it is."""
        with named_failures(self.address):
            self._client.load_collection(self.name, timeout=FLUSH_TIMEOUT_S)

    def drop(self) -> None:
        with named_failures(self.address):
            self._client.drop_collection(self.name, timeout=TIMEOUT_S)

    def siblings(self, prefix: str) -> list[str]:
        """The names of the collections there that begin with ``prefix``."""
        with named_failures(self.address):
            return [name for name in self._client.list_collections(timeout=TIMEOUT_S) if name.startswith(prefix)]

    def version(self) -> str:
        with named_failures(self.address):
            return str(self._client.get_server_version())

    # ----------------------------------------------------------------------------------------------------------- rows

    def __len__(self) -> int:
        """How many rows there are, everything written so far counted."""
        with named_failures(self.address):
            found = self._client.query(
                self.name, filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=TIMEOUT_S
            )
        return int(found[0]["count(*)"])

    def missing(self, ids: Sequence[int]) -> list[int]:
        """Those of ``ids`` that have no row, everything written so far counted."""
        there: set[int] = set()
        for part in _parts(ids):
            there.update(int(row["id"]) for row in self._rows(part, ["id"]))
        return [each for each in ids if each not in there]

    def vectors(self, ids: Sequence[int]) -> dict[int, Vectors]:
        """id → (dim,) float32 of the rows that are there."""
        found: dict[int, Vectors] = {}
        for part in _parts(ids):
            found.update(
                (int(row["id"]), np.array(row["vector"], np.float32)) for row in self._rows(part, ["id", "vector"])
            )
        return found

    def _rows(self, ids: Sequence[int], fields: list[str]) -> list[dict[str, Any]]:
        with named_failures(self.address):
            found = self._client.query(
                self.name, filter=_among(ids), output_fields=fields, consistency_level="Strong", timeout=TIMEOUT_S
            )
        return list(found)

    def put(
        self, ids: Sequence[int], vectors: Vectors, words: Sequence[Weights] | None = None, *, replace: bool = False
    ) -> None:
        """``vectors`` is (n, dim) float32, ``words`` one set of weights a row. Only with ``replace`` may ``ids`` have rows."""
        rows: list[dict[str, Any]] = [{"id": each, "vector": vector} for each, vector in zip(ids, vectors, strict=True)]
        for row, weights in zip(rows, words or (), strict=words is not None):
            row["words"] = dict(weights)
        with named_failures(self.address):
            (self._client.upsert if replace else self._client.insert)(self.name, rows, timeout=FLUSH_TIMEOUT_S)

    def delete(self, ids: Sequence[int]) -> None:
        for part in _parts(ids):
            with named_failures(self.address):
                self._client.delete(self.name, ids=list(part), timeout=TIMEOUT_S)

    def flush(self) -> None:
        """Makes what was written durable and ready to be indexed."""
        with named_failures(self.address):
            self._client.flush(self.name, timeout=FLUSH_TIMEOUT_S)

    # --------------------------------------------------------------------------------------------------------- search

    def nearest(
        self,
        field: str,
        query: Vectors | Weights,
        limit: int,
        *,
        index: str = "",
        among: Sequence[int] | None = None,
        strong: bool = False,
    ) -> list[tuple[int, float]]:
        """(id, inner product), best first, at most ``limit`` (≤ :data:`MOST_HITS`); ``among`` (≤ :data:`IDS_PER_FILTER`) limits the ids.

        With ``strong`` everything written so far by anybody is seen; without, all but the last few seconds.
        """
        with named_failures(self.address):
            found = self._client.search(
                self.name,
                data=[dict(query) if isinstance(query, Mapping) else np.asarray(query, np.float32).reshape(-1)],
                anns_field=field,
                limit=limit,
                filter="" if among is None else _among(among),
                search_params={"metric_type": "IP", "params": _search_parameters(index, limit)},
                output_fields=["id"],
                consistency_level="Strong" if strong else "Bounded",
                timeout=TIMEOUT_S,
            )
        return [(int(hit["id"]), float(hit["distance"])) for hit in found[0]]


def _build_parameters(index: str) -> dict[str, int]:
    return {"HNSW": _HNSW, "IVF_SQ8": {"nlist": _IVF_LISTS}}.get(index, {})


def _search_parameters(index: str, limit: int) -> dict[str, int]:
    """HNSW must look at far more than it returns: with ef = 200 it found .84 of the ten best (docs/sizing.md)."""
    return {"HNSW": {"ef": max(1_000, 4 * limit)}, "IVF_SQ8": {"nprobe": _IVF_PROBES}}.get(index, {})


def _among(ids: Sequence[int]) -> str:
    """Numbers only: nothing in it could need escaping."""
    return f"id in [{','.join(str(int(each)) for each in ids)}]"


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), IDS_PER_FILTER):
        yield ids[first : first + IDS_PER_FILTER]
