"""What cells left when they were run, judged: what may stand in a page, and what the page says of the rest."""
