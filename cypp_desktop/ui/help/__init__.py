"""Help in the program: the guide at the place, what the parts of the window are, settings, versions and licences."""
