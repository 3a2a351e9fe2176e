"""A server for teams: by what people sign in, where they are signed in, who invited them."""
