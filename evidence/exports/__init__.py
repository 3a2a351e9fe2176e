"""Files that people take away and that need no server: the map as one page."""
