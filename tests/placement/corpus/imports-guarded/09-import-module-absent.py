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
# # Back ends

# %%
import importlib

backend = importlib.import_module("tensorflow")

# %%
backend.constant([1.0, 2.0])
