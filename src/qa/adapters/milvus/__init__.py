"""Milvus as the place of the vectors (and, where the server has sparse vectors, of the words): decision 0010.

A collection is a *pool* of rows, one row for each text that was ever embedded, named by the text's own hash and never changed.
Which rows a generation uses says its library file: so the switch of generations stays one rename on disk, as with FAISS.
"""
