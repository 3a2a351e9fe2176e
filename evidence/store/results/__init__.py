"""Stored: the counts of PRISMA."""
