"""Looking after a server and its whole database, in the terminal."""
