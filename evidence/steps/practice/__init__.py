"""What people do: services, and what forms say of them."""
