"""Checklists of reporting guidelines, filled with what a review and its report say."""
