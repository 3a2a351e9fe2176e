"""What a review publishes: finished pages under an address that people without an account open."""
