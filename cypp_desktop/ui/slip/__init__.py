"""The window of a return slip."""
