"""The pages that are ours, in French and English: portal, course page, lesson to read, notice of a missing page."""
