"""Codes and themes of what people say, as a tree, and beside what was evaluated."""
