"""What was planned, as a report prints it: protocol, waves of searching, stages."""
