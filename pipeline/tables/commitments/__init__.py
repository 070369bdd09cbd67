"""What the participants of mechanisms and the States of instruments decide, commit to and ask of others."""
