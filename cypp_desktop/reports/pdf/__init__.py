"""A report as a tagged PDF; the only place with reportlab."""
