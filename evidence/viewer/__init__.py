"""The map's viewer: modules and styles for the browser, in the app and in exported files.

What they read is the document of evidence/synthesis/map_document.py; docs/decisions/map.md says
how they count.
"""
