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
# # Every month

# %%
import os

total = 0
for name in sorted(os.listdir("data")):
    if name.startswith("mois_"):
        with open(os.path.join("data", name)) as file:
            total += len(file.readlines()) - 1
total
