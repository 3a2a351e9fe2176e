"""A first coding scheme, made from what people say of their topic."""
