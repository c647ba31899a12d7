"""One declaration of what a course needs: the browser's wheels, by name, version and hash."""
