"""On the screen: services, and what forms say of them."""
