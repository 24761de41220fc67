"""The board pack on the screen: choices, pages, and the ways to take it away."""
