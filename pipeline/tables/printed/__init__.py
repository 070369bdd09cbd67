"""What published analyses print, beside what the texts are found to say."""
