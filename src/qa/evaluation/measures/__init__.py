"""Measures: one family a file; :mod:`qa.evaluation.measures.summary` puts them together."""
