"""The shipped extractive reader: its weights, its vocabulary, and how text becomes its input."""
