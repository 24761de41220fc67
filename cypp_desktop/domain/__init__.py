"""What a plan is; standard library only."""
