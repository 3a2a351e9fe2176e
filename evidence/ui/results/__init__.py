"""On the screen: what coded studies show."""
