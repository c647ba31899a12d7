"""What a course is: the model, how it is read from a folder, what can be wrong with it."""
