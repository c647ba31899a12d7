"""The site as files: written beside the old one, reusing what has not changed, swapped in at the end."""
