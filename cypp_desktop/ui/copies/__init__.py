"""Copies in the window: sending them, handing them over, who has them, and folders where they land."""
