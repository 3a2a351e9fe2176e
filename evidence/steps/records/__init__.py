"""What people do: import, records, duplicates."""
