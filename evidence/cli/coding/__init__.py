"""Coding in a review: how far each study is, and how far coders agree."""
