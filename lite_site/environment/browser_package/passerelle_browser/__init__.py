"""What Passerelle adds to the browser's Python; imports nothing, so that any Python can take one module of it."""
