"""Schemes that are begun from a topic, before anybody codes with them."""
