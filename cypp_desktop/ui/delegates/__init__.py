"""How cells and rows are painted and edited."""
