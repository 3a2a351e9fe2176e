"""Flow diagrams of reviews: their layouts, their drawing, their tables."""
