"""Stored: services, and what forms say of them."""
