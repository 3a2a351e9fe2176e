"""Charts that people explore on the page, by pointing and clicking; print has drawings of its own.

What was clicked says itself in `customdata`: the id of an option or a year, or of a row and a
column.
"""
