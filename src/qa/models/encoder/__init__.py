"""A BERT encoder as an 8-bit ONNX network, made once from a sentence-transformers folder and kept in the cache."""

from qa.models.encoder.cache import EncoderFiles, int8_encoder

__all__ = ["EncoderFiles", "int8_encoder"]
