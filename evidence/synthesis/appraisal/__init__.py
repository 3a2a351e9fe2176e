"""Judgements of how far studies, results or reviews can be relied on, by domain."""
