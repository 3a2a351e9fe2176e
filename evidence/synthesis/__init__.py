"""Numbers only: the map, the effect directions, the counts and the flow, from agreed coding."""
