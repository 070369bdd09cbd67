"""From references and objectives to the tables; no file is written here."""
