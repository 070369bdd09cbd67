"""What is documented: pages of docs/, and how they are read."""
