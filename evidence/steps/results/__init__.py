"""What people do: what coded studies show."""
