"""The page of the stages behind the map."""
