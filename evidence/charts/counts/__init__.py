"""Pictures of what is counted: the flow of a review, its sources, and its studies."""
