"""What comes into a plan from elsewhere, and what leaves it."""
