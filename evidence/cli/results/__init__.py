"""What the studies of a review come to: directions, pooled effects, appraisal, conclusions."""
