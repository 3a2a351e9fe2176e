"""The frame around every page, and what all pages share on the screen."""
