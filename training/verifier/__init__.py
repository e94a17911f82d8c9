"""Trains the verifier: does this stretch of the passage answer, or is it told of something else?"""
