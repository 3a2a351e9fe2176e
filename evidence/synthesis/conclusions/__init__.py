"""Conclusions and recommendations that know what they rest on, and what became of it."""
