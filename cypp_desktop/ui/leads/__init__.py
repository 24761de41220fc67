"""The page of leads: who has what, two spellings made one, what somebody has handed over."""
