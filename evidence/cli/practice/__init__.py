"""Commands on services of a review, and on what documents say of practice."""
