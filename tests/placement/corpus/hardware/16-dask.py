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
# # Tables larger than memory

# %%
from dask.distributed import Client
import dask.dataframe as dd

client = Client(n_workers=4)

# %%
dd.read_csv("part-*.csv").mean().compute()
