"""Public benchmarks: a SQuAD-form file becomes a corpus and an evaluation set; what was published stands beside the
result.
"""
