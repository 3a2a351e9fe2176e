"""What people do: reviews and their teams."""
