"""What the studies of a review come to: map, counts, directions, pooled effects, conclusions."""
