"""What documents claim and advise, and what services do, as live parts of the report."""
