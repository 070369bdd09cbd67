"""What documents recommend, from their own tables or their sentences."""
