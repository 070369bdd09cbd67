"""The review in the browser: pages that work without JavaScript and are quick with it, for one analyst or a team."""
