"""The page of all actions: found, grouped, sorted, and changed many at once."""
