"""Tables of other programs, read distrustfully into one common value."""
