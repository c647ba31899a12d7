"""Browser or cluster, and why: a verdict for each notebook, with reasons a teacher can read and change."""
