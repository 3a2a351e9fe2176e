"""What people do: screening, conflicts, full texts, decisions."""
