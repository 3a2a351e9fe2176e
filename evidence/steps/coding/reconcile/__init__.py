"""Reconciling codings of a study: what stands beside each other, and what was chosen."""
