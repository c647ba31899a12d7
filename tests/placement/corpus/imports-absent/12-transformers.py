# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Sentiment of a sentence

# %%
from transformers import pipeline

# %%
classifier = pipeline("sentiment-analysis")
classifier("I love this course")
