"""What the page's own code does with a person's real server."""
