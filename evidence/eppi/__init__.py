"""The JSON of EPPI-Reviewer."""
