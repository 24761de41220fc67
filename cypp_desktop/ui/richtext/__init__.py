"""Rich text as one types it: a field, its document, and the cleaning of what is pasted."""
