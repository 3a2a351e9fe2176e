"""What documents claim and which principles they give, as live parts of the report."""
