"""Coding schemes, and the answers and findings that people give with them."""
