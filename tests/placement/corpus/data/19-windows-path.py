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
# # Notes de la classe

# %%
import pandas as pd
notes = pd.read_csv(r"C:\Users\prof\Documents\notes_1S3.csv", sep=";")

# %%
notes.mean(numeric_only=True)
