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
# # Un format compact

# %%
import pandas as pd

releves = pd.DataFrame({"station": ["Ouessant", "Sein"] * 3, "vent": [12, 15, 9, 20, 11, 8]})

# %%
releves.to_parquet("releves.parquet")
pd.read_parquet("releves.parquet").groupby("station").vent.max()
