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
# # Calculs indépendants

# %%
from math import sqrt
from joblib import Parallel, delayed

# %%
Parallel(n_jobs=2)(delayed(sqrt)(i**2) for i in range(5))
