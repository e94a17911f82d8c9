"""The reader's folder: which files it holds, their checksums, and how its logits become a relevance."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.errors import ModelError

MANIFEST_FILE = "manifest.json"
LOWER_FILE = "lower.onnx"
NETWORK_FILE = "reader.onnx"
VERIFIER_FILE = "verifier.onnx"
SECOND_FILE = "second-verifier.onnx"
VOCABULARY_FILE = "vocabulary.txt"
FILES = (LOWER_FILE, NETWORK_FILE, VERIFIER_FILE, SECOND_FILE, VOCABULARY_FILE)
SHIPPED_FOLDER = Path(__file__).parent
_HINT = "重新安装本软件，或将设置 reader 指向完好的模型文件夹"


@dataclass(frozen=True, slots=True)
class RelevanceScale:
    """``sigmoid(bias + margin · span margin + head · relevance logit)`` is the probability that a passage answers.

    Fitted when exported, on pairs of which about half are answered.
    """

    bias: float = 0.0
    margin: float = 0.0
    head: float = 1.0

    def probability(self, margin: float, head: float) -> float:
        """In [0, 1]; 0 for a margin of minus infinity (no span at all)."""
        if margin == -math.inf:
            return 0.0
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self.bias + self.margin * margin + self.head * head))))


@dataclass(frozen=True, slots=True)
class ReaderManifest:
    """``files`` maps each name to its SHA-256."""

    name: str
    files: dict[str, str]
    scale: RelevanceScale

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the files' hashes and the scale: equal fingerprints give equal readings."""
        return hashlib.sha256(json.dumps([sorted(self.files.items()), asdict(self.scale)]).encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, name: str, scale: RelevanceScale) -> ReaderManifest:
    """Hashes the folder's files and writes the manifest beside them."""
    manifest = ReaderManifest(name, {file: sha256_of(folder / file) for file in FILES}, scale)
    (folder / MANIFEST_FILE).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    return manifest


def read_manifest(folder: Path, checked: bool = True) -> ReaderManifest:
    """The folder's manifest, its files checked against it (some 40 MB hashed) unless it is about to be written anew.

    Raises :class:`qa.errors.ModelError` when the folder, the manifest or a file is missing, damaged or changed.
    """
    try:
        raw = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        manifest = ReaderManifest(str(raw["name"]), dict(raw["files"]), RelevanceScale(**raw["scale"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"阅读模型的清单 {MANIFEST_FILE} 不可用", reason=f"{folder}：{error}", hint=_HINT) from error
    for name in FILES if checked else ():
        try:
            actual = sha256_of(folder / name)
        except OSError as error:
            raise ModelError(f"阅读模型缺少文件 {name}", reason=f"{folder}：{error}", hint=_HINT) from error
        if actual != manifest.files.get(name):
            raise ModelError(f"阅读模型的文件 {name} 已损坏或被改动", reason=f"{folder}：校验和不符", hint=_HINT)
    return manifest
