"""What people do: studies and their coding."""
