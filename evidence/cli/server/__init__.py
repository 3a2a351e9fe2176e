"""Looking after a server for teams, in the terminal."""
