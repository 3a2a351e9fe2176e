"""A review as a whole: the walk over its tables, its archive, and the way back into a database."""
