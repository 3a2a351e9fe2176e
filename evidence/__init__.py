"""Waymark: systematic maps and knowledge reviews, from the first export to the finished report."""

__version__ = "0.2.0"
