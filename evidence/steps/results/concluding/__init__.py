"""What people conclude and recommend, on what it rests, and what changed since."""
