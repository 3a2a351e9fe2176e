"""A server for teams: the gate before everything, and the pages on which people sign in."""
