"""On the screen: studies and their coding."""
