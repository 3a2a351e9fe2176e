"""On the screen: import, records, duplicates."""
