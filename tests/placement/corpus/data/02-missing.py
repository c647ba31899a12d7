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
# # Last year's measurements

# %%
import pandas as pd

# %%
frame = pd.read_csv("data/measurements_2019.csv")
frame.head()
