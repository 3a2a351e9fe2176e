"""On the screen: reviews and their teams."""
