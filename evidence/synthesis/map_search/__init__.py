"""Searches on the map: how they are written, read and answered."""
