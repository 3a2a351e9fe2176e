"""What a reference is, and how files of references are read and written."""
