"""Claims as they were published, whether what they cite supports them, and where they conflict."""
