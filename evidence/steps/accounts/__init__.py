"""A server for teams: signing in and out, access to reviews, invitations."""
