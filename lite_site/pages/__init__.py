"""The pages that are ours, in French and English: portal, course page, notice of a missing page."""
