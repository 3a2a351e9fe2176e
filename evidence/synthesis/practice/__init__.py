"""Services as they are in practice: what they are, and what forms say of them."""
