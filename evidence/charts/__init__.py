"""Drawings: one result of synthesis in, one plotly figure or SVG diagram out."""
