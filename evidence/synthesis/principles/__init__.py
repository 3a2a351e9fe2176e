"""Principles of a way of working, by version, with the grades that their source gives."""
