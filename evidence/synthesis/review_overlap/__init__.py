"""Primary studies that several reviews include: how far reviews rest on the same evidence."""
