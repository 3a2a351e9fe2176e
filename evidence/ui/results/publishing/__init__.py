"""The page Publish: what is published, where it is read, and what readers wrote."""
