"""What a course needs, read from the file its teacher already has: pip's, Conda's, a project's, Binder's."""
