"""The plan on a page: what a director looks at for one minute."""
