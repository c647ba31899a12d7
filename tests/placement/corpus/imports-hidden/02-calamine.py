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
# # Marks of the class, another reader

# %%
import pandas as pd

# %%
marks = pd.read_excel("notes.xlsx", engine="calamine")
marks["note"].describe()
