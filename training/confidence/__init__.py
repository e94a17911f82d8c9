"""Fits the weights of ``qa.answering.confidence`` on dev halves of evaluation sets; see training/README.md."""
