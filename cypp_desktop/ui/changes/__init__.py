"""What people did, as cards to look through: the page of reviewing and the history."""
