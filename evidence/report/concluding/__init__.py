"""What people conclude, and what studies of views say, as live parts of the report."""
