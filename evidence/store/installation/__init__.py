"""What whoever runs Waymark does with a whole database: move it, look through it."""
